// Writes patterns.txt: what Go's regexp says about generated patterns.
//
// A line, fields as JSON texts: pattern, text, and "-" when the pattern is refused, "" for no match, or "=" and the expansion
// of a template from the first match.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"strings"
)

var random = rand.New(rand.NewSource(14))

func pick(list ...string) string { return list[random.Intn(len(list))] }

const template = "$0|$1|${2}|$n|${m}|$$|$1x|${1}x|$01|${n|$é|$"

var atoms = []string{"a", "b", "B", "r", "R", "e", "l", "rel", "relB", "rel[bB]", "[bB]", "(?i:b)", "(?i)b", "k", "[kK]", "(?i:k)", "K", "s", "ſ", "(?i:s)", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "[a-z]", "[^a-z]", "[[:alpha:]]", "[[:^alpha:]]", "[\\d-]", "[a\\]]", "[]a]", "[^]a]", "[a-]", "[-a]", "\\b", "\\B", "^", "$", "\\A", "\\z", "(?m:^)", "(?m:$)", "(?s:.)", "\\pL", "\\p{L}", "\\p{Letter}", "\\p{Greek}", "\\PL", "\\p{^L}", "\\P{Lu}", "[\\pL\\d]", "\\p{Any}", "\\x41", "\\x{41}", "\\n", "\\t", "\\.", "\\-", "\\Qa.b\\E", "\\Q+\\E", "\\QE", "é", "😀", "(?:)", "()", "", "1", "0", "-", "{", "}", "{,2}", "{a}", "\\{", "]", "{2", "a{", "a{,2}", "x{1"}
var repeats = []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,2}", "{0,1}", "{2,}", "{,2}", "{1}?", "{2,3}?", "{3,2}", "{1001}", "{1000}", "{0,0}", "{01}", "{1,02}", "{ 1}", "**", "++", "?+", "{2}{2}", "{2}*", "*{2}", "{0}*", "{-1}", "{1,2,3}", "{}", "{,}", "{1,", "{99999999999}"}

func pattern(depth int) string {
	switch n := random.Intn(13); {
	case depth <= 0 || n < 4:
		return pick(atoms...)
	case n < 6:
		return pattern(depth-1) + pattern(depth-1)
	case n < 8:
		return pattern(depth-1) + pick(repeats...)
	case n < 10:
		return pattern(depth-1) + "|" + pattern(depth-1)
	case n < 11:
		return "(?:" + pattern(depth-1) + ")"
	case n < 12:
		return "(" + pattern(depth-1) + ")"
	default:
		return pick("(?P<n>", "(?<n>", "(?P<m>", "(?i:", "(?s:", "(?U:", "(?-i:", "(?im:", "(?i-s:") + pattern(depth-1) + ")"
	}
}

// Literals and classes of few letters: where factoring goes to work.
func branch() string {
	var b strings.Builder
	for i := random.Intn(5); i >= 0; i-- {
		b.WriteString(pick("a", "b", "B", "A", "[ab]", "[aA]", "[bB]", "(?i:a)", "(?i:b)", "k", "[kK\u212a]", "a?", "b*", ".", "(?:a|b)", "ab", "aB", "^", "(a)", "s", "[sS]", "[sSſ]", "1", "é", "É", "[éÉ]"))
	}
	return b.String()
}

func alternation() string {
	n := 2 + random.Intn(4)
	var all []string
	prefix := branch()
	for i := 0; i < n; i++ {
		if random.Intn(2) == 0 {
			all = append(all, prefix+branch())
		} else {
			all = append(all, branch())
		}
	}
	return pick("", "(?i)", "", "", "^") + pick("", "(", "(?:") + strings.Join(all, "|")
}

func closed(p string) string {
	if strings.Count(p, "(") > strings.Count(p, ")") {
		p += ")"
	}
	return p + pick("", "", "$", "+", "c")
}

func text() string {
	var b strings.Builder
	for i := random.Intn(9); i > 0; i-- {
		b.WriteString(pick("a", "b", "A", "B", "relb", "relB", "RELB", "r", "e", "l", "k", "K", "\u212a", "s", "S", "ſ", "1", "2", "-", ".", "{", "}", "\n", "é", "É", "😀", " ", "x", "a{", "{2", ",2}", "]", "E", "a.b", "+", "α", "\t", "\v"))
	}
	return b.String()
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func verdict(p, t string) string {
	re, err := regexp.Compile(p)
	if err != nil {
		return quoted("-")
	}
	at := re.FindStringSubmatchIndex(t)
	if at == nil {
		return quoted("")
	}
	return quoted("=" + string(re.ExpandString(nil, template, t, at)))
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	write := func(p string, texts ...string) {
		for _, t := range texts {
			fmt.Fprintf(out, "%s\t%s\t%s\n", quoted(p), quoted(t), verdict(p, t))
		}
	}
	for _, p := range []string{"relB|rel[bB]", "rel[bB]|relB", "^(relB|rel[bB])$", "(?:relB|rel[bB]|relb)", "A|a|(?i:a)", "[aA]|A", "a|[aA]b", "(?i)a|A", "[kK]|k", "x[sS]|xs"} {
		write(p, "relb", "relB", "RELB", "a", "A", "ab", "Ab", "k", "K", "\u212a", "xs", "xS", "xſ")
	}
	for _, p := range []string{"{", "{{", "{+", "{*", "{?", "{{2}", "{{2}}", "a{{2}", "a{,2}", "a{,2}{2}", "a{,2}+", "a{2", "a{2{3}", "{2}", "{2,3}", "^{2}", "({2})", "|{2}", "(|{2})", "a|{2}", "{a}{2}", "{a}+", "{,}*", "x{y{2}", "[{]{2}", "\\{{2}", "{0}", "({)+", "{{", "{1001}", "a{1,2}{3}", "a{}", "a{}{2}", "a{1}{1}{1}", "}{2}", "}+", "{-1}+"} {
		write(p, "", "a", "aa", "{", "{{", "{{{", "a{,2}", "a{,22}", "a{,2}}}", "a{2", "a{222", "{a}}", "{a", "x{y{{", "}", "}}", "a{}", "a{}}", "{,}}")
	}
	for _, p := range []string{"(?P<n>a)|(?P<n>b)", "(?P<n>a)(?P<n>b)", "(?:(?P<n>a)|(?P<n>b)|(?P<m>c))", "(?P<n>a)?(?P<n>b)?", "(?<n>a)|(?P<n>b)", "(?P<n>(?P<n>a)|b)", "(?P<>a)", "(?P<é>a)", "(?P<1>a)", "(?P<a-b>a)", "(?P<n a)", "(?P=n)", "(?'n'a)", "(?<=a)b", "(?<!a)b", "(?P<n>a)(?P=n)", "(?<n", "(?P<_>a)", "(?P<n1>a)"} {
		write(p, "", "a", "b", "ab", "ba", "c")
	}
	deep := func(open, inner, close string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(close, n)
	}
	for _, p := range []string{deep("(", "a", ")", 999), deep("(", "a", ")", 1000), deep("(", "a", ")", 1001), deep("(?:", "a", ")", 999), deep("(?:", "a", ")", 1000), deep("(?:", "a", ")+", 400), deep("(?:", "a", ")+", 499), deep("(?:", "a", ")+", 500), deep("(?:", "a", ")?", 600), deep("(?:a", "a", ")", 800), deep("(a", "a", ")", 499), deep("(a", "a", ")", 500), "(a{100}){10}", "(a{100}){11}", "((a{10}){10}){10}", "((a{10}){10}){11}", "(a{0}){1000}", "(a{1000}){1}", "(a{1000}){0}", "((a{1000}){0}){2}", "(a{2}){501}", "(a{2,}){500}", "(a{1000,}){2}", "(a{500}b{600}){2}", "(a{500}|b{600}){1}", "(a{500}|b{600}){2}", "((a{31}b){31}c)", "((a{31}b){33}c)", "(a{32}){32}", "(a{31}){32}", "(?:a{40}){25}", "(?:a{40}){26}", "(a?){1000}", "(a{1,1000})", "(?:(?:a{10})*){101}", "(?:(?:a{10})+){100}", "(?:(?:a{10})+){101}", "a{1000}", "a{1001}", "a{1000,}", "a{0,1000}", "a{0,1001}", "a{1000}{1}", "a{10}{10}", "((a{2}){2}){2}", "\\pL{1000}", "(\\pL{500}){2}", "(xx){1000}", "((((x{2}){2}){2}){2}){62}", "((((x{2}){2}){2}){2}){63}", "(x{1000}y{1000}z{1000})", strings.Repeat("x{1000}", 20), strings.Repeat("(xx){1000}", 20)} {
		write(p, "", "aa", strings.Repeat("a", 40))
	}
	for _, p := range []string{"\\p{Letter}", "\\p{letter}", "\\p{Lowercase_Letter}", "\\p{lowercase letter}", "\\p{Lowercase-Letter}", "\\p{ASCII}", "\\P{ASCII}", "\\p{^ASCII}", "[\\p{ASCII}]", "[^\\p{ASCII}]", "[\\P{ASCII}a]", "\\p{Assigned}", "\\p{Digit}", "\\p{Punct}", "\\p{Cntrl}", "\\p{Lx}", "\\p{}", "\\p", "\\pX", "\\p{L", "\\p{l}", "\\p{greek}", "\\p{GREEK}", "\\p{Hiragana}", "\\p{Script=Greek}", "\\p{IsGreek}", "\\p{LC}", "\\p{lc}", "\\p{Cased_Letter}", "\\p{Cn}", "\\p{Unassigned}", "\\p{any}", "\\p{ANY}", "\\P{Any}", "\\p{Other}", "\\pC", "\\p{C}", "\\p{Nd}", "\\p{nd}", "(?i)\\p{Lu}", "(?i)\\p{Ll}", "(?i)[[:upper:]]", "[[:word:]]", "[[:foo:]]", "[:alpha:]", "[[:alpha]", "[[.a.]]", "[a-\\d]", "[\\d-z]", "[z-a]", "[a-a]", "[", "[]", "[^]", "[^", "[a", "\\", "a\\", "\\8", "\\1", "\\07", "\\0", "\\018", "\\x", "\\x4", "\\x{}", "\\x{110000}", "\\x{10FFFF}", "\\u0041", "\\é", "\\ ", "\\_", "\\<", "\\C", "\\Z", "\\G", "\\X", "\\R", "\\h", "\\v", "\\a", "\\f", "\\e", "\\cA", "\\Q", "\\Qa", "\\Qa\\", "\\Q\\E+", "\\Qab\\E+", "\\E", "a\\Eb", "(?", "(?i", "(?i)", "(?x)a", "(?i)(?-i)A", "(?ii)a", "(?-)a", "(?i-)a", "(?^)a", "(?#c)a", "(", ")", "())", "(a", "a)", "*", "+a", "?", "|*", "(*)", "(|a)*", "(a|)+", "a**", "a*+", "a|*", "^*", "$+", "\\b+", "(?i)ß", "(?i)ſ", "(?i)K", "(?i)\u212a", "(?i)µ", "(?i)[k-l]", "(?i)[^k]", "(?m)^b$", "a$", "(?U)a+", "(?U)a+?", "(?s).+", ".+", "^$", "^^", "$$", "\\b\\b", "a.c", "(?i)Ǆ", "(?i)ΐ", "(?i)İ", "(?i)ı", "(?i)ẞ", "\\w+é", "[[:space:]]", "[\\s\\v]", "(a+)(b+)?", "(a|ab)(c|bcd)(d*)", "(a*)*", "(a*)+", "(?:a*)*b", "(a?b??)*", "((a)|(b))*", "(?:(a)|b)*", "x*", "\\z", "\\A\\z"} {
		write(p, "", "a", "A", "1", "é", "ß", "ſ", "K", "\u212a", "k", "μ", "aab", "a\nb\n", "\n", "abcd", " ", "\v", "ǆ", "İ", "ı", "α")
	}
	for i := 0; i < 2000; i++ {
		write(pattern(4), text(), text())
	}
	for i := 0; i < 1400; i++ {
		write(closed(alternation()), text(), text())
	}
}
