#include "textflag.h"

// The classes that are bytes of domains, and those that are stops.
DATA plain<>+0(SB)/8, $0xf8f8f8f8f8f8f8f8
GLOBL plain<>(SB), RODATA|NOPTR, $8
DATA stops<>+0(SB)/8, $0x0707070707070707
GLOBL stops<>(SB), RODATA|NOPTR, $8
DATA half<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
GLOBL half<>(SB), RODATA|NOPTR, $8

// HALF tells of the 32 bytes at an offset: bytes that are not ASCII or no stop in
// the first register, those of no domain in the second, dots and hyphens.
// It tells classes by the halves of bytes (Langdale and Lemire, Parsing Gigabytes
// of JSON per Second, 2019, section 3.1.2).
#define HALF(offset, stop, other, dots, hyphens) \
	VMOVDQU   offset(SI), Y0     \
	VPMOVMSKB Y0, R12            \
	VPAND     Y15, Y0, Y1        \
	VPSRLW    $4, Y0, Y2         \
	VPAND     Y15, Y2, Y2        \
	VPSHUFB   Y1, Y10, Y1        \
	VPSHUFB   Y2, Y11, Y2        \
	VPAND     Y1, Y2, Y1         \
	VPMOVMSKB Y1, dots           \
	VPADDB    Y1, Y1, Y2         \
	VPMOVMSKB Y2, hyphens        \
	VPAND     Y13, Y1, Y2        \
	VPCMPEQB  Y12, Y2, Y2        \
	VPMOVMSKB Y2, other          \
	VPAND     Y14, Y1, Y3        \
	VPCMPEQB  Y12, Y3, Y3        \
	VPMOVMSKB Y3, stop           \
	NOTL      stop               \
	ORL       R12, stop          \
	ORL       stop, other

// func readAVX2(m *Word, text *byte, words int, t *tables)
TEXT ·readAVX2(SB), NOSPLIT, $0-32
	MOVQ m+0(FP), DI
	MOVQ text+8(FP), SI
	MOVQ words+16(FP), CX
	MOVQ t+24(FP), DX
	VMOVDQU (DX), Y10
	VMOVDQU 32(DX), Y11
	VPXOR Y12, Y12, Y12
	VPBROADCASTQ plain<>(SB), Y13
	VPBROADCASTQ stops<>(SB), Y14
	VPBROADCASTQ half<>(SB), Y15

loop:
	HALF(0, R8, R9, R10, R11)
	HALF(32, AX, BX, DX, R13)
	SHLQ $32, AX
	SHLQ $32, BX
	SHLQ $32, DX
	SHLQ $32, R13
	ORQ  AX, R8
	ORQ  BX, R9
	ORQ  DX, R10
	ORQ  R13, R11
	MOVQ R8, (DI)
	MOVQ R9, 8(DI)
	MOVQ R10, 16(DI)
	MOVQ R11, 24(DI)
	ADDQ $64, SI
	ADDQ $32, DI
	DECQ CX
	JNZ  loop
	VZEROUPPER
	RET
