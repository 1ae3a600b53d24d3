// Writes inputs.txt: generated lists of inputs as JSON, and the YAML that sigs.k8s.io/yaml makes of them, each as a JSON text. Integers
// within 64 bits stay integers, other numbers are doubles.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

var random = rand.New(rand.NewSource(10))

func pick(list ...string) string { return list[random.Intn(len(list))] }

func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

func decoded(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return i
		}
		f, _ := strconv.ParseFloat(string(v), 64)
		return f
	case []any:
		for i := range v {
			v[i] = decoded(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = decoded(v[k])
		}
	}
	return v
}

func text() string {
	var b strings.Builder
	for n := random.Intn(7); n >= 0; n-- {
		b.WriteString(pick("a", "b c", "1", "-", ":", ": ", " #", "#", "\u2028", "\u2029", "\u0085", "\u00a0", "\n", "\r", "\t", " ", "'", "\"", "\\\\", "é", "日", "😀", "{", "[", ",", "&", "*", "!", "|", ">", "%", "@", "?", "yes", "null", "1.5", "0x1F", "0o7", "012", "1_000", "2026-01-02", "12:30", "~", "\ufeff", "\x01", "\x7f", "long words here ", strings.Repeat("x", 30), strings.Repeat("wide ", 12)))
	}
	// Behind a line separator at the end of a block Go leaves out the end of the line.
	return strings.TrimRight(b.String(), "\u2028\u2029\u0085")
}

func number() string {
	return pick("0", "1", "-1", "-0", "0.0", "-0.0", "1.0", "1.5", "1000000", "1000000.5", "1234567.25", "123456.5", "0.0001", "0.00001", "1e5", "1e6", "1e20", "1e21", "1e22", "1e-7", "1e300", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "123456789012345678901234567890", "-123456789012345678901234567890", "12345678901234567890.5", "3.141592653589793238", "5e-324", "1.7976931348623157e308", "100000000000000000000", "99999.9", "1E3")
}

func value(depth int) string {
	switch n := random.Intn(12); {
	case n < 4 || depth == 0 && n < 8:
		return quoted(text())
	case n < 7:
		return number()
	case n < 8 || depth == 0:
		return pick("true", "false", "null")
	case n < 10:
		var all []string
		for i := random.Intn(4); i > 0; i-- {
			all = append(all, value(depth-1))
		}
		return "[" + strings.Join(all, ",") + "]"
	default:
		return object(depth - 1)
	}
}

func object(depth int) string {
	var all []string
	seen := map[string]bool{}
	for i := random.Intn(5); i > 0; i-- {
		key := pick("a", "b", "a1", "a2", "a10", "A", "_", "id", "tag", "1", "10", "2", "yes", "é", "a b", "x.y", "x-y", text())
		if !seen[key] {
			seen[key] = true
			all = append(all, quoted(key)+":"+value(depth))
		}
	}
	return "{" + strings.Join(all, ",") + "}"
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for i := 0; i < 2500; i++ {
		var all []string
		for n := random.Intn(3); n >= 0; n-- {
			all = append(all, object(2))
		}
		source := "[" + strings.Join(all, ",") + "]"
		var list any
		d := json.NewDecoder(strings.NewReader(source))
		d.UseNumber()
		if err := d.Decode(&list); err != nil {
			panic(err)
		}
		result, err := yaml.Marshal(decoded(list))
		if err != nil {
			continue
		}
		fmt.Fprintf(out, "%s\t%s\n", quoted(source), quoted(string(result)))
	}
}
