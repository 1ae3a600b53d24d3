// Writes functions-CHUNK.txt: what Go's text/template with the functions of sprig and slim-sprig makes of generated templates.
//
// A line, fields as JSON texts: "m" (functions of commit messages) or "r" (of ResourceSets), the template, and "-" when it does not
// parse or run, or "=" and its output. Outputs that are no UTF-8 and those that depend on the run are left out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"sort"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"

	"github.com/Masterminds/sprig/v3"
	slim "github.com/go-task/slim-sprig/v3"
	"github.com/gosimple/slug"
)

var random = rand.New(rand.NewSource(15))

func pick(list ...string) string { return list[random.Intn(len(list))] }

// Addresses are different in each run.
var pointer = regexp.MustCompile("%[^a-zA-Z%]*p")

var out = bufio.NewWriter(os.Stdout)
var seen = map[string]bool{}
var sets = map[string]template.FuncMap{}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func run(set, text string) (result string, kept bool) {
	defer func() {
		if recover() != nil {
			result = "-"
			kept = true
		}
	}()
	t, err := template.New("t").Funcs(sets[set]).Parse(text)
	if err != nil {
		return "-", true
	}
	var b strings.Builder
	if err := t.Execute(&b, nil); err != nil {
		return "-", true
	}
	return "=" + b.String(), utf8.ValidString(b.String()) && !strings.Contains(b.String(), "0xc0") && !strings.Contains(b.String(), "(0x") && b.Len() < 20000
}

func write(set, text string) {
	if seen[set+text] || !utf8.ValidString(text) {
		return
	}
	seen[set+text] = true
	if strings.Contains(text, "printf") && pointer.MatchString(text) && (strings.Contains(text, "(list") || strings.Contains(text, "(dict")) {
		return
	}
	if result, kept := run(set, text); kept {
		fmt.Fprintf(out, "%s\t%s\t%s\n", quoted(set), quoted(text), quoted(result))
	}
}

func call(parts ...string) string { return "{{" + strings.Join(parts, " ") + "}}" }

func str(s string) string {
	return "\"" + strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n", "\r", "\\r", "\t", "\\t").Replace(s) + "\""
}

func printf() {
	values := []string{"1", "-1", "0", "255", "1.5", "-2.25", "0.0", "1e21", "1e-7", "123456789.125", "\"ab\"", "\"\"", "\"é日\"", "nil", "true", "false", "'x'", "(list 1 2)", "(dict \"a\" 1)", "2i", "(list)", "(list nil)", "(list \"a\" nil 1.5)", "0x7fffffffffffffff", "-9223372036854775808", "100000.0", "1e6", "1e20", "(dict)", "\"a`b\"", "\"\\x01\"", "(list (list 1) (dict \"k\" nil))"}
	verbs := strings.Split("v d s q x X o O b c U e E f F g G t T p w z % i u n y Z k é 😀 !", " ")
	flags := []string{"", "", "", "#", "+", "-", " ", "0", "+#", "#0", "-0", "+ ", "# ", "0+", "+-", "##", "#+", " 0", "0#", "#- 0+"}
	widths := []string{"", "", "", "1", "5", "12", "20", "*", "[1]*", "1000001", "999999999999", "[2]*"}
	precs := []string{"", "", "", ".", ".0", ".1", ".3", ".10", ".*", ".-1", ".1000001", ".[1]*", ".é", ".03"}
	for _, v := range values {
		for _, verb := range verbs {
			write("m", call("printf", str("%"+verb), v))
		}
		for _, f := range []string{"%#v", "%+v", "%#x", "%#X", "%#o", "%#O", "%#b", "%#q", "%+q", "%x", "%# x", "%.3T", "%10T", "%-10T|", "%.0T", "%#T", "%.3v", "%10.3v", "%010v", "%-8v|", "%+d", "% d", "%08d", "%+.3e", "%#g", "%#.3g", "%#e", "%#f", "%#.0f", "%.0f", "%g", "%G", "%+g", "% g", "%010.2f", "%+010.2f", "%-010.2f|", "%20.5d", "%.0d", "%.d", "%-5d|", "%05s", "%-05s|", "%.1s", "%.10s", "%5.1s", "%x", "% x", "%#U", "%+U", "%.6U", "%#.6U", "%10U", "%-10U|", "%#c", "%5c", "%05c", "%-5c|", "%5t", "%-7t|", "%05t", "%5q", "%#+q", "%05q", "%.2q", "%.1x", "%.3x", "%X", "%#.2x", "%20x", "%020x", "%6.2f%%", "%!", "%", "%5", "%-", "%.", "%[1]", "%[1", "%[", "%]", "%[]d", "%[0]d", "%[2]d", "%[-1]d", "%[x]d", "%[1]d %[1]v", "%[1]*d", "%*[1]d", "%[1]5d", "%[1].2f", "%.[1]2f", "%5[1]d", "%[1000001]d", "%[1]%", "%5%", "%.2%", "%-5%|", "%05%", "%*%", "%w", "%#w", "%d %d", "no verb", "%v%", "%v %", "%v%!", "%v%5", "%v%.", "%v%[1]", "%v%*", "%v%.*", "%\n", "%\\", "%\u2028", "% "} {
			write("m", call("printf", str(f), v))
		}
	}
	for i := 0; i < 2500; i++ {
		f := "%" + pick(flags...) + pick("", "", "", "", "[1]", "[2]", "[3]") + pick(widths...) + pick(precs...) + pick("", "", "", "", "[1]", "[2]") + pick(verbs...) + pick("", "|", "%", "%v", " %d", "%s!")
		args := []string{}
		for n := random.Intn(4); n > 0; n-- {
			args = append(args, pick("-1", "3", "0", "-3", "7", "1000001", "-1000001", "1.5", "\"a\"", pick(values...), pick(values...)))
		}
		write("m", call(append([]string{"printf", str(f)}, args...)...))
	}
	for i := 0; i < 400; i++ {
		args := []string{}
		for n := random.Intn(4); n > 0; n-- {
			args = append(args, pick(values...))
		}
		write("r", call(append([]string{pick("print", "println", "html", "js", "urlquery")}, args...)...))
	}
}

func literals() {
	digits := []string{"0", "1", "7", "8", "9", "07", "08", "09", "0777", "0789", "0o7", "0o8", "0O17", "0o", "0x", "0xg", "0xF", "0XfF", "0b1", "0b2", "0b", "0B101", "1_0", "1__0", "_1", "1_", "0_7", "0_8", "0x_F", "0xF_", "0o_7", "0b_1", "1e3", "1e", "1e+", "1e+3", "1E-3", "1.5", ".5", "5.", "1.5e3", "0x1p4", "0x1.8p1", "0x1.8", "0x.8p0", "0x1p", "1p4", "1.5p2", "073", "0738", "08.5", "09e1", "00", "000", "007", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "01777777777777777777777", "02000000000000000000000", "0777777777777777777777", "07777777777777777777777", "1e400", "1e-400", "1e308", "123456789012345678901234567890", "0x7fffffffffffffff", "0xffffffffffffffff", "0x10000000000000000", "0b1111111111111111111111111111111111111111111111111111111111111111", "1.0", "1e18", "1e19", "9.3e18", "1.0e0", "0.1e1", "12345678901234567890.0", "1e100", "0e0", "0x0p0", "4.9e-324", "1.7976931348623159e308", "inf", "nan", "0_", "0x1_0p1_0", "1_0e1_0", "1.5_5", "1_.5", "1._5", "0089", "0099999999999999999999", "099999999999999999999999", "0888888888888888888888888888", "01777777777777777777778", "07777777777777777777778"}
	for _, d := range digits {
		for _, sign := range []string{"", "-", "+"} {
			for _, tail := range []string{"", "i"} {
				n := sign + d + tail
				write("m", "{{"+n+"}}")
				write("m", "{{printf \"%T %v\" "+n+" "+n+"}}")
				write("m", "{{eq "+n+" 1}}")
				if tail == "" {
					write("r", "{{trunc "+n+" \"abcdefgh\"}}")
					write("m", "{{printf \"%d\" (int64 "+n+")}}")
					write("m", "{{index (list 1 2 3) "+n+"}}")
				}
			}
		}
	}
	for i := 0; i < 500; i++ {
		n := pick("", "-", "+") + pick(digits...) + pick("", "+", "-", "i", "ii", "+-") + pick(digits...) + pick("", "i", "i", "i")
		write("m", "{{"+n+"}}")
		write("m", "{{printf \"%v\" "+n+"}}")
	}
	chars := []string{"'a'", "''", "'ab'", "'\\n'", "'\\''", "'\\\"'", "'\"'", "'\\x41'", "'\\x4'", "'\\101'", "'\\8'", "'\\400'", "'\\377'", "'\\u00e9'", "'\\ud800'", "'\\U0001F600'", "'\\U00110000'", "'é'", "'😀'", "'", "'\\", "'\\q'", "'\n'", "'\t'", "'\\0'", "'\\00'", "'\\000'", "'a", "'\r'", "'\\xZZ'", "'\\a'", "'\\v'", "'\\e'", "'\u2028'", "'\\u123'", "'\\ '", "'\\xe9'", "'\\xff'"}
	for _, c := range chars {
		write("m", "{{"+c+"}}")
		write("m", "{{printf \"%c %d %T %q\" "+c+" "+c+" "+c+" "+c+"}}")
		write("m", "{{trunc "+c+" \"x\"}}")
		write("m", "{{add "+c+" 1}}")
		write("m", "{{"+c+"i}}")
	}
	strs := []string{"a", "\\n", "\\", "\\\"", "\\x41", "\\xff", "\\u00e9", "\\ud83d\\ude00", "\\U0001F600", "\\101", "\\'", "\\q", "\n", "\r", "\t", "\\\n", "\x7f", "\x01", "\u2028", "\ufeff", "\\a\\b\\f\\v", "\\400", "\\0", "é", "\\uD800", "\\x", "\\u12", "`", "{{", "}}", "\\u{41}", "'"}
	for _, s := range strs {
		for _, q := range []string{"\"", "`"} {
			write("m", "{{"+q+s+q+"}}")
			write("m", "{{printf \"%q\" "+q+s+q+"}}")
			write("m", "{{len "+q+"x"+s+"y"+q+"}}")
		}
	}
	for _, t := range []string{"{{`a\rb`}}", "{{`a\r\nb`}}", "{{`\r`}}|", "a\rb{{- 1}}", "\r\n{{- 1 -}}\r\n", "{{\r\n1\r\n}}", "{{/*\r\n*/}}x", "{{len `\r\n`}}", "{{printf \"%q\" `x\r`}}", "{{1}}{{", "{{1}", "{{}}", "{{ }}", "{{nil}}", "{{true}}", "{{.}}", "{{$}}", "{{$x}}", "{{.a}}", "{{..}}", "{{. .}}", "{{1 2}}", "{{|}}", "{{1|}}", "{{(1)}}", "{{((1))}}", "{{(1).x}}", "{{\"a\".b}}", "{{1.b}}", "{{true.x}}", "{{nil.x}}", "{{print nil}}", "{{nil | print}}", "{{print (nil)}}", "{{1 | 2}}", "{{$x := 1}}{{$x}}", "{{$x := 1}}{{$x = 2}}{{$x}}", "{{$x = 2}}", "{{$x, $y := 1}}", "{{range $i, $e := list 1 2}}{{$i}}{{$e}}{{end}}", "{{range 3}}{{.}}{{end}}", "{{range $i, $j := 3}}{{$i}}{{end}}", "{{range 0}}a{{else}}b{{end}}", "{{range -1}}a{{else}}b{{end}}", "{{range 1.5}}a{{end}}", "{{range \"abc\"}}a{{end}}", "{{range nil}}a{{else}}b{{end}}", "{{with 1}}{{.}}{{else with 2}}{{.}}{{end}}", "{{with 0}}{{.}}{{else with 2}}{{.}}{{end}}", "{{if 0}}a{{else if 1}}b{{end}}", "{{break}}", "{{range 3}}{{if .}}{{break}}{{end}}{{.}}{{end}}", "{{range 3}}{{continue}}a{{end}}", "{{define \"x\"}}{{.}}{{end}}{{template \"x\" 1}}", "{{template \"y\"}}", "{{block \"b\" 2}}{{.}}{{end}}", "{{- 1 -}}", "{{-1}}", "{{- -1}}", "{{--1}}", "{{+1}}", "{{1 -}}", "{{1-}}", "a {{- /* c */ -}} b", "{{/* c */ 1}}", "{{/*c*/ }}", "{{print 1 -2}}", "{{print 1-2}}", "{{print 1+2i}}", "{{1+2i}}", "{{1+2}}", "{{1i+2}}", "{{1-2i}}", "{{073i}}", "{{08i}}", "{{09.5i}}", "{{0x1i}}", "{{0b1i}}", "{{0o7i}}", "{{1e3i}}", "{{-0}}", "{{-0.0}}", "{{-0i}}", "{{0i}}", "{{add 1 0i}}", "{{add 1 3+0i}}", "{{not nil}}", "{{and}}", "{{or}}", "{{and 1 0 2}}", "{{or 0 \"\" 3}}", "{{len nil}}", "{{len 3}}", "{{index nil 1}}", "{{index (list 1) nil}}", "{{slice \"abc\" 1 2}}", "{{slice \"abc\" 1 2 3}}", "{{slice (list 1 2 3) 1}}", "{{call nil}}", "{{call 1}}", "{{print}}", "{{println}}", "{{html nil}}", "{{js nil}}", "{{urlquery nil}}", "{{html \"<a&'\\\"\\x00>\"}}", "{{js \"'\\\"<>&=\\n\\u2028é\"}}", "{{urlquery \"a b+c/é&\"}}"} {
		write("m", t)
		write("r", t)
	}
}

func compare() {
	values := []string{"nil", "1", "0", "-1", "1.0", "1.5", "\"1\"", "\"\"", "\"a\"", "true", "false", "(list)", "(list 1)", "(dict)", "(dict \"a\" 1)", "(int64 1)", "(int 1)", "(float64 1)", "'a'", "1i", "1+0i", "(index (dict) \"x\")", "(get (dict \"n\" nil) \"n\")", "(first (list))", "(index (list nil) 0)", "(index \"a\" 0)", "(toDate \"2006\" \"2006\")", ".", "(dict \"a\" nil).a", "(list nil)", "18446744073709551615", "(len \"a\")", "(split \"-\" \"a-b\")", "(splitList \"-\" \"a\")"}
	for _, f := range []string{"eq", "ne", "lt", "le", "gt", "ge"} {
		for _, a := range values {
			for _, b := range values {
				if f == "eq" || f == "ne" || random.Intn(3) == 0 {
					write("m", call(f, a, b))
				}
			}
			write("m", call(f, a))
			write("r", call(f, a, pick(values...), pick(values...)))
		}
	}
	for _, f := range []string{"not", "len", "print", "html", "js", "urlquery", "printf \"%v\"", "and 1", "or 0", "if"} {
		for _, a := range values {
			if f == "if" {
				write("m", "{{if "+a+"}}y{{else}}n{{end}}")
				write("m", "{{with "+a+"}}{{.}}{{else}}n{{end}}")
				write("m", "{{range "+a+"}}{{.}},{{else}}n{{end}}")
				continue
			}
			write("m", call(f, a))
		}
	}
}

func urls() {
	hosts := []string{"reg.example", "reg%2Eexample", "h:1:2", "h:1", "h:", "h:x", "[::1]", "[1::1::1]", "[::1]:80", "[::1]x", "[::1", "::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fe80::1%25]", "[fe80::1%25a%20b]", "[fe80::1%2541]:1", "[fe80::1%25%41]", "[1.2.3.4]", "[::ffff:1.2.3.4]", "[::1.2.3]", "[::g]", "[]", "[v1.x]", "a b", "a%20b", "a%C3%A9", "é.x", "a<b>", "a\"b", "a{b", "a|b", "a^b", "a`b", "a\\b", "", ":80", "a%", "a%2", "a%zz", "A.B", "a_b", "a!$&'()*+,;=b", "[a]:b", "x[::1]", "a[b", "a]b", "[::1%25é]", "[0:0:0:0:0:0:0:1]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7]", "[::]", "[:::1]", "[1::]", "[12345::]", "[::1.2.3.4]", "[::1.2.3.256]", "[::01.2.3.4]", "[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:8::]", "a\u007fb", "a\x01b"}
	users := []string{"", "", "u@", "u:p@", "u:@", ":p@", "@", "u%40:p%3A@", "u@x@", "u:p:q@", "u!$&'()*+,;=:p@", "é@", "u%@", "u%zz@", "u b@", "u/p@", "u[@", "u\"@", "u%20:p%2F@", "ü:ö@"}
	paths := []string{"", "/", "/a", "/a b", "/a%20b", "/a%2Fb", "/%", "/a%zz", "/é", "/%C3%A9", "//x", "/a;b", "/a:b", "/?q", "/a?", "/a?q=1&r", "/a?q#f", "/a#f", "/a#", "/a#f#g", "/a#%20", "/a#%zz", "/a?%zz", "/a?é", "/..", "/a/../b", "/[x]", "/a\"b", "/a|b", "/<x>", "?q=1", "#f", "/a?q?r", "/a#é b", "/+", "/*", "/a!b'c(d)", "/%E9"}
	schemes := []string{"http://", "https://", "oci://", "ssh://", "HTTP://", "ht-tp+.x://", "1http://", "//", "", "http:", "http:/", "mailto:", "file:///", "://", "é://", "http:///", "git+ssh://", ":", "urn:", "postgres://", "a_b://", "http//", "http:\\\\"}
	for _, h := range hosts {
		for _, s := range []string{"http://", "oci://", "//"} {
			write("m", "{{$u := urlParse "+str(s+h+"/p")+"}}{{$u.host}}|{{$u.hostname}}|{{$u}}")
			write("m", call("urlJoin", "(urlParse", str(s+h+"/p?q=1#f")+")"))
		}
	}
	for i := 0; i < 900; i++ {
		u := pick(schemes...) + pick(users...) + pick(hosts...) + pick(paths...)
		write(pick("m", "r"), call("urlParse", str(u)))
		write("m", call("urlJoin", "(urlParse", str(u)+")"))
	}
	for i := 0; i < 400; i++ {
		d := "(dict \"scheme\" " + str(pick("", "http", "é", "HTTP", "1")) + " \"host\" " + str(pick("", "h", "h:1", "a b", "[::1]", "[fe80::1%eth0]", "é", "a/b", "a%b", "a@b", "a%41b")) + " \"path\" " + str(pick("", "/a", "a", "//a", "a:b", "/a b", "/a%2f", "/é", "*", "/a?b", "./x:y", "/a#b", "/a[b]", "/a;b,c")) + " \"query\" " + str(pick("", "a=1", "é", "a b", "#", "?")) + " \"fragment\" " + str(pick("", "f", "f g", "é", "f#g", "f%20", "!()*'\"<>")) + " \"userinfo\" " + str(pick("", "u", "u:p", "u@v", "é:ö", "u:p:q", "u/p", "%zz", "u p")) + " \"opaque\" " + str(pick("", "", "", "o", "o p", "//o", "é")) + ")"
		write("m", call("urlJoin", d))
	}
	for _, d := range []string{"(dict)", "(dict \"host\" 1)", "(dict \"path\" nil)", "(dict \"scheme\" true)", "(dict \"userinfo\" 1.5)", "(dict \"x\" 1)"} {
		write("m", call("urlJoin", d))
	}
}

func dates() {
	layouts := []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00", "02 Jan 06 15:04 MST", "Mon, 02 Jan 2006 15:04:05 MST", "Monday, 02-Jan-06 15:04:05 MST", "Mon Jan _2 15:04:05 2006", "Jan _2 15:04:05.000", "3:04PM", "3:04pm", "2006-002", "2006-__2", "2006-1-2", "06-1-2", "January 2 2006", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05 -07:00:00", "2006-01-02 15:04:05 -070000", "2006-01-02 15:04:05 Z07", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 Z070000", "2006-01-02 15:04:05 Z07:00:00", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05.999", "2006-01-02 15:04:05.000", "2006-01-02 15:04:05,000", "2006-01-02 15:04:05.0", "2006-01-02  15:04", "15:04 2006-01-02", "20060102150405", "20060102", "2006 Jan 2 Mon", "2006 January 2 Monday", "_2 Jan 2006", "2", "15", "04", "05", "5.00", "", "x", " 2006", "2006 ", "2006-01-02 03:04 PM", "03", "3", "4", "1", "01", "Jan", "January", "Mon", "PM", "MST", "-07", "-0700", "Z07:00", "002", "__2", "06", "2006-01-02 002", "15h04m05s", "2006年01月02日", "2006-01-02 15:04:05 MST -0700", "2006-01-02 15:04:05.000000000 MST", "2006/01/02 5:4:3", "Janvier 2006", "Mond 2006", "2006-01-02 15:04:05.99999"}
	texts := []string{"2026-02-28", "2026-2-8", "2026-02-29", "2024-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "0000-01-01", "9999-12-31", "26-1-2", "2026-01-02 15:04:05", "2026-01-02  15:04:05", "2026-01-02 24:00:00", "2026-01-02 23:59:60", "2026-01-02 3:04:05", "2026-01-02 03:04:05.123456789", "2026-01-02 03:04:05,5", "2026-01-02 03:04:05.", "2026-01-02 15:04:05.1", "2026-01-02 15:04:05.1234567890123", "2026-01-02T15:04:05Z", "2026-01-02T15:04:05+02:00", "2026-01-02T15:04:05-23:59", "2026-01-02T15:04:05+24:00", "2026-01-02T15:04:05+02:60", "2026-01-02 15:04:05 +0200", "2026-01-02 15:04:05 +02", "2026-01-02 15:04:05 +03", "2026-01-02 15:04:05 -0000", "2026-01-02 15:04:05 +00:00", "2026-01-02 15:04:05 +02:00:30", "2026-01-02 15:04:05 +020030", "2026-01-02 15:04:05 Z", "2026-01-02 15:04:05 UTC", "2026-01-02 15:04:05 CET", "2026-01-02 15:04:05 GMT", "2026-01-02 15:04:05 GMT-8", "2026-01-02 15:04:05 GMT+3", "2026-01-02 15:04:05 GMT+24", "2026-01-02 15:04:05 GMT+23", "2026-01-02 15:04:05 GMT-", "2026-01-02 15:04:05 GMTx", "2026-01-02 15:04:05 +03x", "2026-01-02 15:04:05 -05", "2026-01-02 15:04:05 +030", "2026-01-02 15:04:05 ChST", "2026-01-02 15:04:05 MeST", "2026-01-02 15:04:05 WITA", "2026-01-02 15:04:05 ABCD", "2026-01-02 15:04:05 ABCDT", "2026-01-02 15:04:05 AB", "2026-01-02 15:04:05 ABCDEF", "2026-01-02 15:04:05 cet", "2026-01-02 15:04:05 CEST +0200", "2026-01-02 15:04:05 UTC +0200", "2026-01-02 15:04:05 UTC +0000", "02 Jan 26 15:04 UTC", "02 Jan 26 15:04 EST", "2 Jan 26 15:04 UTC", "02 jan 26 15:04 UTC", "02 JAN 26 15:04 GMT-8", "Fri, 02 Jan 2026 15:04:05 GMT", "Mon, 02 Jan 2026 15:04:05 GMT", "Xyz, 02 Jan 2026 15:04:05 GMT", "Friday, 02-Jan-26 15:04:05 UTC", "Fri Jan  2 15:04:05 2026", "Fri Jan 2 15:04:05 2026", "Fri Jan   2 15:04:05 2026", "Fri  Jan  2  15:04:05  2026", "Fri Jan 02 15:04:05 2026", "Jan  2 15:04:05.123", "3:04PM", "3:04pm", "03:04AM", "12:00AM", "12:00PM", "0:30PM", "13:00PM", "3:4PM", "3:04", "2026-001", "2026-059", "2026-365", "2026-366", "2024-366", "2026-000", "2026-367", "2026-1", "2026- 59", "2026-  9", "2026-059 ", "2026-02-28 059", "2026-02-28 060", "January 2 2026", "jAnUaRy 2 2026", "Jan 2 2026", "January  2 2026", "January 02 2026", "20260102150405", "20260102", "2026 Jan 2 Fri", "2026 January 2 Friday", " 2 Jan 2026", "  2 Jan 2026", "2 Jan 2026", "12 Jan 2026", "2", "15", "59", "60", "5.25", "5.2", "", "x", " ", " 2026", "2026 ", "2026", "2026-01-02 03:04 PM", "2026-01-02 13:04 PM", "2026-01-02 00:04 PM", "2026-01-02 12:04 AM", "Jan", "Dec", "December", "Sunday", "Sun", "AM", "PM", "am", "pm", "CET", "UTC", "GMT", "GMT+5", "+03", "-11", "+0330", "+03:30", "Z", "69", "68", "00", "99", "15h04m05s", "2026年01月02日", "2026/01/02 5:4:3", "２０２６-01-02", "2026-01-02 15:04:05.999 UTC", "-2026-01-02", "+2026-01-02", "02026-01-02", "Mayday 2026", "366", "  1", " 12"}
	show := func(e string) string {
		return "{{$t := " + e + "}}{{$t}}|{{$t.Unix}}|{{$t.YearDay}}|{{$t.Format \"2006-01-02T15:04:05.999999999Z07:00 MST Mon Jan _2 __2 3:04PM .000\"}}"
	}
	for _, l := range layouts {
		for _, t := range texts {
			if _, err := time.Parse(l, t); err == nil || random.Intn(40) == 0 {
				write("r", show("toDate "+str(l)+" "+str(t)))
			}
		}
	}
	// What nearly fits.
	for i := 0; i < 1500; i++ {
		l := pick(layouts...)
		base := time.Date(1960+random.Intn(90), time.Month(1+random.Intn(12)), 1+random.Intn(31), random.Intn(24), random.Intn(60), random.Intn(60), random.Intn(1e9), time.UTC).Format(l)
		r := []rune(base)
		if len(r) > 0 && random.Intn(3) > 0 {
			at := random.Intn(len(r))
			c := []rune(" 0159:-+.,ZTMPa")[random.Intn(15)]
			switch random.Intn(3) {
			case 0:
				r = append(r[:at], r[at+1:]...)
			case 1:
				r[at] = c
			default:
				r = append(r[:at], append([]rune{c}, r[at:]...)...)
			}
		}
		write("r", show("toDate "+str(l)+" "+str(string(r))))
	}
	for _, l := range append(layouts, "2006 06 01 1 Jan January 02 2 _2 002 __2 15 03 3 04 4 05 5 PM pm Mon Monday MST -07 -0700 -07:00 Z07 Z0700 Z07:00 -07:00:00 Z070000", ".000 .999 ,000 ,999 05.000 05.999999999 05,99", "200602", "20061", "0102", "Januaryy", "Monn", "MSTT", "15:04:05.0000000000000", "_2006", "__2006", "___2", "_20", "+07", "Z7", "-7", "0", "07", "030405PM", "1504", "\\n", "é 2006", "05.1", "05.00x", "05.009", "05.0 .9", "04.000") {
		write("m", "{{(toDate \"2006-01-02 15:04:05.999999999 -0700\" \"2026-03-09 05:06:07.08009 -0330\").Format "+str(l)+"}}")
		write("m", "{{(toDate \"2006-01-02 15:04:05\" \"1999-12-31 12:59:08\").Format "+str(l)+"}}")
	}
	durations := []string{"1h", "1.5h", "90m", "-1h30m", "1.0000000000000000001h", "0.1234567890123456789h", "1.99999999999999999999s", "9223372036854775807ns", "9223372036854775808ns", "-9223372036854775808ns", "1d", "", "1", "0", "h", "1h 1m", ".5h", "5.h", ".h", "+1h", "--1h", "1µs", "1μs", "1us", "3.141592653589793238462643s", "2540400h10m10s", "1e3s", "0.3333333333333333333h", "0.000000000000000001h", "1.1h2.2m3.3s4.4ms5.5us6.6ns", "100000000000000000000ns", "0.1ns", "0.9ns", "1h1h", "1.2.3h", "1H"}
	for _, d := range durations {
		for _, f := range []string{"durationRound", "duration"} {
			write("r", call(f, str(d)))
			write("m", call(f, str(d)))
		}
		write("m", "{{(mustDateModify "+str(d)+" (toDate \"2006-01-02\" \"2026-01-31\")).Format \"2006-01-02T15:04:05.999999999\"}}")
	}
	for _, n := range []string{"0", "1", "59", "60", "3600", "86400", "-90", "1.5", "\"95\"", "\"-95\"", "\"1e3\"", "\"9223372036854775807\"", "\"9223372036854775808\"", "\"x\"", "\" 1\"", "\"1.9\"", "\"0x10\"", "\"1_0\"", "true", "nil", "(list)", "9223372036854775807", "(int64 7200)", "(int64 9223372036)", "(int64 9223372037)"} {
		write("r", call("duration", n))
		write("m", call("durationRound", n))
		write("m", call("unixEpoch", n))
	}
}

func slugs() {
	alphabets := []string{"abc XYZ-_.,;:!?&@'\"/\\|+*=%$#~^`(){}[]<>", "éèüßøåæœñçğşıŁžđÞ", "ひらがなカタカナきゃっしゅー゛", "漢字日本中国한국어", "ДмитрийЁж", "αβγΩς", "שלום", "مرحبا", "हिन्दी", "ไทย", "€£¥₹₿¢", "😀🎉👍🏽𝒜𝔸𠀀🇩🇪", "①②Ⅷ½²™©®…•–—―‒‘’“”«»", "\u00a0\u2003\u200b\u3000\t\n\u2028\u00ad", "ﬁﬀ㎏㈱Ａ１", "አማርኛ", "ქართული", "հայերեն", "བོད", "ᚠᚢᛏ", "ʻāēīōūʼ", "ấềữ", "\u0301\u0308a\u030a", "ⱯꞫꝏ", "𐌀𐎀"}
	for _, a := range alphabets {
		for _, r := range a {
			write("r", call("slugify", str("x"+string(r)+"y")))
		}
		write("r", call("slugify", str(a)))
	}
	for c := rune(0x80); c < 0x3400; c++ {
		if random.Intn(14) == 0 && c != 0xfffd {
			write("r", call("slugify", str("a"+string(c)+"b")))
		}
	}
	for i := 0; i < 500; i++ {
		c := rune(0x3400 + random.Intn(0xffff-0x3400))
		if c < 0xd800 || c > 0xdfff {
			write("r", call("slugify", str(string(c)+"k"+string(c))))
		}
	}
	for i := 0; i < 100; i++ {
		write("r", call("slugify", str("a"+string(rune(0x10000+random.Intn(0x20000)))+"b")))
	}
	for i := 0; i < 250; i++ {
		var b strings.Builder
		for n := random.Intn(30); n >= 0; n-- {
			r := []rune(pick(alphabets...))
			b.WriteRune(r[random.Intn(len(r))])
			b.WriteString(pick("", "", "ab", "-", "_", " ", "word"))
		}
		write("r", call("slugify", str(b.String())))
	}
}

// Every function with arguments of every kind, right ones more often than not.
func everything() {
	unstable := map[string]bool{"ago": true, "randInt": true, "shuffle": true, "bcrypt": true, "htpasswd": true, "encryptAES": true, "uuidv4": true, "hello": false, "buildCustomCert": true, "derivePassword": true}
	texts := []string{"\"\"", "\"a\"", "\"abc def\"", "\"a,b,c\"", "\"Hello World-foo_bar\"", "\"éÀß日本\"", "\"1\"", "\"-1.5\"", "\"0x1F\"", "\"1e3\"", "\" x \"", "\"a\\nb\\n\"", "\"{\\\"a\\\":[1,2.5,null]}\"", "\"[1\"", "\"a/b/../c.tar.gz\"", "\"b25l\"", "\"NBSWY3DP\"", "\"[a-z]+\"", "\"(a)(b)?\"", "\"v1.2.3-rc.1\"", "\">=1.2 <2\"", "\"!=1.2-beta\"", "\"true\"", "\"😀x\"", "\"\\t\"", "\"9223372036854775808\"", "\"08\"", "\"1_000\"", "\"%s\"", "\"$1\"", "\"*\"", "\"ǅungla ŉ\"", "\"İI\"", "\"a\\u00a0b\\u2028c\"", "\"1.2.3\"", "\"xx/yy//\"", "\"A_b-C d\""}
	numbers := []string{"0", "1", "2", "3", "-1", "10", "1.5", "-2.5", "1e3", "100", "0.1", "1e20", "(int64 5)", "(float64 2)", "9223372036854775807", "2i", "'a'"}
	lists := []string{"(list)", "(list 1 2 3)", "(list \"a\" \"b\" \"a\")", "(list 1 \"a\" nil true 1.5)", "(list (list 1) (dict))", "(splitList \",\" \"c,a,b\")", "(list \"\" 0 nil false \"x\")", "(until 3)", "(list (dict \"k\" 1) (dict \"k\" 2))"}
	dicts := []string{"(dict)", "(dict \"a\" 1 \"b\" \"x\")", "(dict \"a\" (dict \"b\" (dict \"c\" nil)))", "(dict \"k\" (list 1 2))", "(dict 1 2)", "(dict \"x\")"}
	others := []string{"nil", "true", "false", "(toDate \"2006-01-02\" \"2026-01-31\")", "."}
	any := func() string {
		switch random.Intn(7) {
		case 0, 1:
			return pick(texts...)
		case 2, 3:
			return pick(numbers...)
		case 4:
			return pick(lists...)
		case 5:
			return pick(dicts...)
		default:
			return pick(others...)
		}
	}
	for _, set := range []string{"m", "r"} {
		var names []string
		for name := range sets[set] {
			if !unstable[name] && !strings.HasPrefix(name, "gen") && !strings.HasPrefix(name, "rand") && name != "inputs" {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		for _, name := range names {
			good := 0
			for tries := 0; tries < 400 && good < 14; tries++ {
				n := random.Intn(5)
				args := []string{name}
				for ; n > 0; n-- {
					args = append(args, any())
				}
				text := call(args...)
				if strings.Contains(text, "repeat 9223372036854775807") || strings.Contains(text, "1e20") && (name == "repeat" || name == "indent" || name == "nindent") || strings.Contains(text, "9223372036854775807") && (name == "indent" || name == "nindent" || name == "repeat" || name == "until" || name == "untilStep" || name == "seq") || name == "decryptAES" {
					continue
				}
				result, kept := run(set, text)
				if kept && (result != "-" || random.Intn(25) == 0) {
					if result != "-" {
						good++
					}
					write(set, text)
				}
			}
		}
	}
}

func main() {
	slug.MaxLength = 63
	sets["m"] = sprig.HermeticTxtFuncMap()
	r := slim.HermeticTxtFuncMap()
	r["slugify"] = slug.Make
	sets["r"] = r
	switch os.Args[1] {
	case "printf":
		printf()
	case "literals":
		literals()
		compare()
	case "urls":
		urls()
	case "dates":
		dates()
	case "slugs":
		slugs()
	case "everything":
		everything()
	}
	out.Flush()
}
