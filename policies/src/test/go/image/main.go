// Writes image-names.txt: what go-containerregistry says about generated image references.
//
// A line: the reference quoted as JSON, a tab, the verdicts of the weak parser, the strict one, NewRepository and NewRegistry,
// each '-' for an error, or kind|registry|repository|identifier|scheme, or registry/repository, or registry.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
)

var hosts = []string{"", "ghcr.io", "docker.io", "index.docker.io", "localhost", "localhost:5000", "reg.example", "reg.example:5000",
	"reg.example:", "reg.example:0", "reg.example:99999", "reg.example:65536", "reg.example:007", "reg.example:1:2", "h:1:2", "a:b", "a:b:c", "::1", "[::1]", "[::1]:5000", "[::1]:", "[::1", "::1]", "[::1]x", "[1::1::1]", "[::g]", "[]", "[]:1", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[::ffff:1.2.3.4]", "[v1.a]",
	"127.0.0.1", "127.0.0.1:5000", "10.0.0.1", "10.0.0.1:5000", "192.168.1.1:80", "172.16.0.1", "172.32.0.1", "10.256.0.1", "10.0.0", "host.local", "a.local:1", "x.localhost", "x.localhost:1", "x.localhost:123456", "UPPER.example", "Upper.Example:5000", "reg_example.com", "-reg.example", "reg-.example", ".example", "example.", "..", "a..b", "reg%2Eexample", "reg%20.example", "reg%.example", "reg%zz.example", "reg%41.example", "bücher.example", "例え.jp", "пример.рф:5000", "reg.\u200bexample", "user@reg.example", "user:pw@reg.example", "reg.example?x", "reg.example#x", "reg example.com", " reg.example", "reg.example ", "reg.example\t", "reg\n.example", "reg\\.example", "reg^.example", "reg|.example", "reg{.}", "reg<.>", "reg\".\"", "reg`.", "reg'.'", "reg(.)", "reg*.x", "reg+.x", "reg,.x", "reg;.x", "reg=.x", "reg!.x", "reg$.x", "reg&.x", "reg~.x", "http:", "https:", "oci:", "http://reg.example", "https://reg.example:1", "//reg.example", "reg.example:５", "reg.example:+5", "reg.example:-5", "reg.example:5a", "\u007f.x", "\u0080.x", "\x00.x", "a.b@c", "a:@b", "[a.b]", "[1.2.3.4]", "[::1%]", "[::1%25]", "[::1]%25a", "x[::1]", "xn--bcher-kva.example", "x\ufffd.y", "reg.example:1/", "::", ":", ":5000", "a:", "sha256:", "::1:5000", "a::b", "reg.example::5000"}
var paths = []string{"", "a", "ab", "app", "acme/app", "library/nginx", "a/b/c/d", "a//b", "/a", "//", "ab/", "/", "A/b", "App", "acme/App", "a_b", "a__b", "a___b", "a.b", "a..b", "a-b", "a--b", "-ab", "ab-", ".ab", "_ab", "ab.", "a._-b", "a b", "a\tb", "äb", "a\u00e9", "日本", "a%2fb", "a@b", "a+b", "a:b", "a:1/b", "a?b", "a#b", "..", "../..", "./a", "0/1", strings.Repeat("a", 255), strings.Repeat("a", 256), strings.Repeat("ab/", 85), strings.Repeat("é", 127), "x\ufffd", "a\nb", "nginx", "nginx/"}
var tails = []string{"", ":1.2", ":latest", ":", "::", ":1:2", ":a/b", ":_x", ":-x", ":.x", ":a b", ":é", ":A_B-c.D", ":1+2", ":" + strings.Repeat("t", 127), ":" + strings.Repeat("t", 128), ":" + strings.Repeat("t", 129), ":５", ":1\n",
	"@", "@sha256:", "@sha256", "@sha256:" + strings.Repeat("a", 64), "@sha256:" + strings.Repeat("0", 63), "@sha256:" + strings.Repeat("0", 65), "@sha256:" + strings.Repeat("A", 64), "@sha256:" + strings.Repeat("g", 64), "@sha512:" + strings.Repeat("a", 128), "@SHA256:" + strings.Repeat("a", 64), "@md5:" + strings.Repeat("a", 32),
	":1.2@sha256:" + strings.Repeat("b", 64), ":@sha256:" + strings.Repeat("b", 64), ":é@sha256:" + strings.Repeat("b", 64), ":1:2@sha256:" + strings.Repeat("b", 64), "@sha256:" + strings.Repeat("b", 64) + ":1", "@sha256:" + strings.Repeat("b", 64) + "@sha256:" + strings.Repeat("c", 64), "@@sha256:" + strings.Repeat("b", 64), "@x", "@x:y", "@sha256:" + strings.Repeat("b", 64) + "\n", "@sha384:" + strings.Repeat("b", 96)}

const scrap = "aAb01._-:/@ %[]+éß日\u2028😀"

func scheme(r name.Registry) string { return r.Scheme() }

func reference(text string, opts ...name.Option) (out string) {
	defer func() {
		if recover() != nil {
			out = "-"
		}
	}()
	ref, err := name.ParseReference(text, opts...)
	if err != nil {
		return "-"
	}
	kind := "tag"
	if _, ok := ref.(name.Digest); ok {
		kind = "digest"
	}
	r := ref.Context()
	return fmt.Sprintf("%s|%s|%s|%s|%s", kind, r.RegistryStr(), r.RepositoryStr(), ref.Identifier(), scheme(r.Registry))
}

func repository(text string) string {
	r, err := name.NewRepository(text)
	if err != nil {
		return "-"
	}
	return r.Name()
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func main() {
	random := rand.New(rand.NewSource(11))
	seen := map[string]bool{}
	var texts []string
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			texts = append(texts, s)
		}
	}
	pick := func(list []string) string { return list[random.Intn(len(list))] }
	for _, h := range hosts {
		add(h)
		add(h + "/acme/app:1.2")
		add(h + "/app")
		add(h + "/app@sha256:" + strings.Repeat("a", 64))
	}
	for _, p := range paths {
		add(p)
		add("reg.example:5000/" + p + ":1")
	}
	for _, t := range tails {
		add("acme/app" + t)
		add("reg.example:5000/acme/app" + t)
		add("nginx" + t)
	}
	for i := 0; i < 1200; i++ {
		h, p, t := pick(hosts), pick(paths), pick(tails)
		if len(p) > 200 && random.Intn(8) > 0 {
			p = "acme/app"
		}
		if len(t) > 80 && random.Intn(4) > 0 {
			t = ":1.2"
		}
		if h == "" {
			add(p + t)
		} else {
			add(h + "/" + p + t)
		}
	}
	runes := []rune(scrap)
	for i := 0; i < 2500; i++ {
		var b strings.Builder
		n := 1 + random.Intn(14)
		for j := 0; j < n; j++ {
			b.WriteRune(runes[random.Intn(len(runes))])
		}
		add(b.String())
	}
	// One character more or less in something good.
	for i := 0; i < 1200; i++ {
		good := []rune(pick(hosts) + "/" + pick([]string{"acme/app", "nginx", "a/b"}) + pick([]string{"", ":1.2"}))
		at := random.Intn(len(good))
		c := runes[random.Intn(len(runes))]
		switch random.Intn(3) {
		case 0:
			good = append(good[:at], good[at+1:]...)
		case 1:
			good[at] = c
		default:
			good = append(good[:at], append([]rune{c}, good[at:]...)...)
		}
		add(string(good))
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, t := range texts {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", quoted(t), quoted(reference(t)), quoted(reference(t, name.StrictValidation)), quoted(repository(t)))
	}
}
