package graph

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxFileSize of an ecosystem file. The parser needs about 130 bytes of memory
// for each byte of it.
const maxFileSize = 4 << 20

// parseYAML returns the root of the only document in data, or nil and problems.
func parseYAML(data []byte, c *collector) ast.Node {
	text, ok := plainText(data, c)
	if !ok {
		return nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		c.widths = append(c.widths, utf8.RuneCountInString(line))
	}
	tokens := lexer.Tokenize(text)
	if p := guard(tokens); p != nil {
		c.add(*p)
		return nil
	}
	file, err := parseTokens(tokens)
	if err != nil {
		c.add(syntaxProblem(err))
		return nil
	}
	return onlyDocument(file, c)
}

// plainText checks the encoding and returns text with LF line ends and without
// a byte-order mark.
func plainText(data []byte, c *collector) (string, bool) {
	refuse := func(offset int, found, expected string) (string, bool) {
		c.add(Problem{Position: positionIn(data, offset), Found: found, Expected: expected})
		return "", false
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) > maxFileSize {
		return refuse(0, fmt.Sprintf("the file is larger than %d MiB", maxFileSize>>20), "an ecosystem; lists belong into files of their own")
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return refuse(0, "the file is UTF-16", "UTF-8")
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return refuse(i, fmt.Sprintf("the byte 0x%02X is not UTF-8", data[i]), "a file saved as UTF-8")
		}
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return refuse(i, fmt.Sprintf("the control character U+%04X", r), "text without control characters")
		}
		i += size
	}
	return string(data), true
}

// positionIn is the line and column, in characters, of an offset.
func positionIn(data []byte, offset int) Position {
	before := data[:offset]
	line := bytes.Count(before, []byte("\n"))
	return Position{Line: line + 1, Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1}
}

// parseTokens runs the parser. It is foreign code that reads hostile input, so
// a panic in it is taken as the syntax error that it stands for.
func parseTokens(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, errors.New("this is not YAML that can be read")
		}
	}()
	// Duplicate keys are found by the decoder, which does not stop at the first.
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

func syntaxProblem(err error) Problem {
	p := Problem{Position: Position{Line: 1, Column: 1}, Found: err.Error()}
	var e yaml.Error
	if errors.As(err, &e) {
		p.Found = e.GetMessage()
		if t := e.GetToken(); t != nil && t.Position != nil {
			p.Position = Position{Line: t.Position.Line, Column: t.Position.Column}
		}
	}
	p.Found = strings.ReplaceAll(p.Found, "\t", `\t`)
	p.Expected = "valid YAML"
	if strings.Contains(p.Found, `\t`) {
		p.Hint = "indent with spaces, not with tabs"
	}
	return p
}

func onlyDocument(file *ast.File, c *collector) ast.Node {
	var root ast.Node
	for _, d := range file.Docs {
		switch {
		case d.Body == nil:
		case root != nil:
			c.add(Problem{Position: positionOf(d.Body), Found: "a second document begins", Expected: "one document, without a line of ---"})
			return nil
		default:
			root = d.Body
		}
	}
	if root == nil {
		c.add(Problem{Position: Position{Line: 1, Column: 1}, Found: "the file is empty", Expected: "at least a vendor and a list or figures of reach"})
	}
	return root
}
