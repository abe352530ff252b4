package list

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
	"github.com/shopspring/decimal"
)

// cellText returns how the values of a stored column are written as cells: dates
// as ISO text, with the time of day (UTC) unless it is midnight, numbers as their
// shortest decimal. It is false for columns whose values have no text.
func cellText(e *format.SchemaElement) (text func(raw) (string, bool), ok bool) {
	switch e.Type.V {
	case format.Boolean:
		return func(v raw) (string, bool) { return strconv.FormatBool(v.number != 0), true }, true
	case format.Int32, format.Int64:
		return wholeText(e)
	case format.Float:
		return func(v raw) (string, bool) {
			return floatText(float64(math.Float32frombits(uint32(v.number))), 32), true
		}, true
	case format.Double:
		return func(v raw) (string, bool) { return floatText(math.Float64frombits(uint64(v.number)), 64), true }, true
	case format.Int96:
		return int96Text, true
	case format.ByteArray:
		return bytesText(e)
	case format.FixedLenByteArray:
		if e.TypeLength.V <= 0 {
			return nil, false
		}
		return bytesText(e)
	}
	return nil, false
}

// wholeText writes columns that are stored as whole numbers.
func wholeText(e *format.SchemaElement) (func(raw) (string, bool), bool) {
	whole := func(v raw) int64 { return v.number }
	if e.Type.V == format.Int32 {
		whole = func(v raw) int64 { return int64(int32(v.number)) }
	}
	if scale, is := decimalScale(e); is {
		return func(v raw) (string, bool) { return decimal.New(whole(v), -scale).String(), true }, 0 <= scale && scale <= maxScale
	}
	if unit, is := timestampUnit(e); is {
		return func(v raw) (string, bool) { return timeText(whole(v), unit), true }, true
	}
	if unit, is := timeUnit(e); is {
		return func(v raw) (string, bool) { return clockText(whole(v), unit), true }, true
	}
	switch {
	case isDateColumn(e):
		return func(v raw) (string, bool) { return timeText(whole(v), 24*time.Hour), true }, true
	case isUnsigned(e) && e.Type.V == format.Int32:
		return func(v raw) (string, bool) { return strconv.FormatUint(uint64(uint32(v.number)), 10), true }, true
	case isUnsigned(e):
		return func(v raw) (string, bool) { return strconv.FormatUint(uint64(v.number), 10), true }, true
	}
	return func(v raw) (string, bool) { return strconv.FormatInt(whole(v), 10), true }, true
}

// bytesText writes columns that are stored as bytes. Those without a type are
// texts of older programs.
func bytesText(e *format.SchemaElement) (func(raw) (string, bool), bool) {
	if scale, is := decimalScale(e); is {
		return func(v raw) (string, bool) { return bigText(v.bytes, scale) }, 0 <= scale && scale <= maxScale
	}
	switch e.LogicalType.Value.(type) {
	case *format.UUIDType:
		return uuidText, true
	case *format.Float16Type:
		return float16Text, true
	}
	return func(v raw) (string, bool) { return string(v.bytes), true }, !isOpaque(e)
}

// isOpaque tells columns of bytes that have no text.
func isOpaque(e *format.SchemaElement) bool {
	switch e.LogicalType.Value.(type) {
	case nil:
		return e.ConvertedType.Valid && (e.ConvertedType.V == deprecated.Bson || e.ConvertedType.V == deprecated.Interval)
	case *format.BsonType, *format.GeometryType, *format.GeographyType:
		return true
	}
	return false
}

// isVerbatim reports whether the values of a column are its cells byte for byte.
func isVerbatim(e *format.SchemaElement) bool {
	if e.Type.V != format.ByteArray && e.Type.V != format.FixedLenByteArray || isOpaque(e) {
		return false
	}
	switch e.LogicalType.Value.(type) {
	case *format.UUIDType, *format.Float16Type:
		return false
	}
	_, number := decimalScale(e)
	return !number
}

const (
	maxScale = 76 // digits after the point, as many as any program writes
	maxBig   = 64 // bytes of a decimal
)

func decimalScale(e *format.SchemaElement) (int32, bool) {
	if d, ok := e.LogicalType.Value.(*format.DecimalType); ok {
		return d.Scale, true
	}
	return e.Scale.V, e.ConvertedType.Valid && e.ConvertedType.V == deprecated.Decimal
}

func timestampUnit(e *format.SchemaElement) (time.Duration, bool) {
	if t, ok := e.LogicalType.Value.(*format.TimestampType); ok {
		return unitOf(t.Unit), true
	}
	return convertedUnit(e, deprecated.TimestampMillis, deprecated.TimestampMicros)
}

func timeUnit(e *format.SchemaElement) (time.Duration, bool) {
	if t, ok := e.LogicalType.Value.(*format.TimeType); ok {
		return unitOf(t.Unit), true
	}
	return convertedUnit(e, deprecated.TimeMillis, deprecated.TimeMicros)
}

// convertedUnit is the unit that older programs name by one of two types.
func convertedUnit(e *format.SchemaElement, millis, micros deprecated.ConvertedType) (time.Duration, bool) {
	switch {
	case !e.ConvertedType.Valid:
	case e.ConvertedType.V == millis:
		return time.Millisecond, true
	case e.ConvertedType.V == micros:
		return time.Microsecond, true
	}
	return 0, false
}

func unitOf(u format.TimeUnit) time.Duration {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return time.Millisecond
	case *format.MicroSeconds:
		return time.Microsecond
	}
	return time.Nanosecond
}

func isDateColumn(e *format.SchemaElement) bool {
	_, ok := e.LogicalType.Value.(*format.DateType)
	return ok || e.ConvertedType.Valid && e.ConvertedType.V == deprecated.Date
}

func isUnsigned(e *format.SchemaElement) bool {
	if t, ok := e.LogicalType.Value.(*format.IntType); ok {
		return !t.IsSigned
	}
	return e.ConvertedType.Valid && slices.Contains([]deprecated.ConvertedType{
		deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64}, e.ConvertedType.V)
}

// timeText writes a time counted from 1970.
func timeText(n int64, unit time.Duration) string {
	perSecond := int64(time.Second / unit)
	if unit > time.Second {
		return instantText(time.Unix(0, 0).UTC().AddDate(0, 0, int(n)))
	}
	seconds, rest := n/perSecond, n%perSecond
	return instantText(time.Unix(seconds, rest*int64(unit)).UTC())
}

// instantText writes a time as the sheets of workbooks give it.
func instantText(t time.Time) string { return sheetCell(t.Format(time.DateTime)) }

// clockText writes a time of day.
func clockText(n int64, unit time.Duration) string {
	return time.Unix(n/int64(time.Second/unit), 0).UTC().Format(time.TimeOnly)
}

// int96Text writes a time as older programs stored it: nanoseconds of a Julian
// day.
func int96Text(v raw) (string, bool) {
	if len(v.bytes) != 12 {
		return "", false
	}
	const epoch = 2440588 // the Julian day of 1970-01-01
	nanos := int64(binary.LittleEndian.Uint64(v.bytes))
	day := int64(binary.LittleEndian.Uint32(v.bytes[8:])) - epoch
	return instantText(time.Unix(day*86400, nanos).UTC()), true
}

// floatText writes a number as a spreadsheet would store it; what is none is an
// empty cell, as programs that know no nulls mean it.
func floatText(f float64, bits int) string {
	switch size := math.Abs(f); {
	case math.IsNaN(f):
		return ""
	case size != 0 && (size < 1e-9 || size >= 1e21):
		return strconv.FormatFloat(f, 'e', -1, bits)
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}

// float16Text writes a number of half the usual precision.
func float16Text(v raw) (string, bool) {
	if len(v.bytes) != 2 {
		return "", false
	}
	h := binary.LittleEndian.Uint16(v.bytes)
	exponent, fraction := int(h>>10&0x1f), float64(h&0x3ff)
	f := math.Ldexp(1+fraction/1024, exponent-15)
	switch exponent {
	case 0:
		f = math.Ldexp(fraction/1024, -14)
	case 0x1f:
		f = math.Inf(1)
		if fraction != 0 {
			f = math.NaN()
		}
	}
	if h>>15 == 1 {
		f = -f
	}
	return floatText(f, 32), true
}

// bigText writes a decimal whose digits are a whole number of any size, in two's
// complement.
func bigText(b []byte, scale int32) (string, bool) {
	if len(b) == 0 || len(b) > maxBig {
		return "", false
	}
	n := new(big.Int).SetBytes(b)
	if b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(b)*8)))
	}
	return decimal.NewFromBigInt(n, -scale).String(), true
}

func uuidText(v raw) (string, bool) {
	if len(v.bytes) != 16 {
		return "", false
	}
	h := hex.EncodeToString(v.bytes)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-"), true
}
