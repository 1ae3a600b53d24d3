// Writes what Go's strconv, encoding/json and sigs.k8s.io/yaml say about generated values, for GoFloatVerdictsTest,
// FloatTextVerdictsTest, JsonTextVerdictsTest, JsonWriterVerdictsTest and PlainWordsVerdictsTest: go run . ../../resources/go
//
//	floats.txt       text, the bits of the double that ParseFloat reads (all NaN are "nan"), "-" where it refuses
//	ints.txt         text, the value that ParseInt or ParseUint reads with base 0, "-" where both refuse
//	float-texts.txt  bits, %v, %v of the same as 32 bits, the text of JSON ("-" where it has none), that of YAML
//	json-texts.txt   bytes, json.Marshal, json.Encoder without HTML
//	json-values.txt  a document, the same read with Kubernetes' numbers and written by json.Marshal, and with four blanks
//	yaml-texts.txt   a text, what sigs.k8s.io/yaml writes of it
//
// Fields stand between tabs; texts in base64.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

var random = rand.New(rand.NewSource(30))

func pick(list ...string) string { return list[random.Intn(len(list))] }

func some(most int, list ...string) string {
	var b strings.Builder
	for n := random.Intn(most + 1); n > 0; n-- {
		b.WriteString(pick(list...))
	}
	return b.String()
}

func coded(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func bits(f float64) string {
	if math.IsNaN(f) {
		return "nan"
	}
	return strconv.FormatUint(math.Float64bits(f), 16)
}

func number() string {
	if random.Intn(3) == 0 {
		return some(9, "0", "1", "9", ".", "e", "E", "x", "p", "_", "-", "+", "f", "A", "inf", "nan", "0x", "b", "o", " ", "1_0")
	}
	digits := func() string { return some(7, "0", "1", "7", "8", "9", "1_2", "00", "a", "F") }
	s := pick("", "", "-", "+")
	hex := random.Intn(3) == 0
	if hex {
		s += pick("0x", "0X", "0x_", "0")
	}
	s += digits()
	if random.Intn(2) == 0 {
		s += "." + digits()
	}
	if random.Intn(2) == 0 || hex {
		s += pick("e", "E", "p", "P") + pick("", "-", "+") + some(4, "0", "1", "3", "5", "1_0")
	}
	return s
}

func floats(out *bufio.Writer) {
	fixed := []string{"", "0", "-0", "+0", "1_000", "0x_1p4", "0x1_0p0", "1e1_0", "0_1", "1_0.5", "inf", "Inf", "+Inf", "-INFINITY", "iNfInItY", "ınf", "İnf", "infinit", "nan", "NAN", "-NaN", "+NaN", "1e308", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "1e309", "-1e400", "1e999999999999", "1e-999999999999", "0e999999999999", "0x1p1023", "0x1p1024", "0x1.fffffffffffff7p1023", "0x1.fffffffffffff8p1023", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x1p-1076", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1d", "1f", "1.0D", " 1", "1 ", "1\n", "5.", ".5", ".", "-.", "+.5e1", ".5_0", "._5", "5_.0", "5._0", "00012", "0x.8p0", "0x8.p0", "0x.p0", "0xp0", "0x_.8p0", "0x_", "0x1", "0x1.8", "0xep1", "1p3", "0b1", "0o7", "0b1p1", "1e", "1e+", "1e_1", "1e1_", "_1", "1__0", "1_", "9007199254740993", "9007199254740992.9999999999999999999999", "9007199254740993.00000000000000000000000000000000001", "123456789012345678901234567890", strings.Repeat("9", 400), strings.Repeat("9", 308), "0." + strings.Repeat("0", 400) + "1", "0." + strings.Repeat("0", 5000) + "1e5001", strings.Repeat("1", 3000) + "e-2999", "１", "1１", "٣", "−1", "1,5", "1'000", "Infinity1", "0X1P+5", "0x1p+_5", "0x1p5_0", "0x1_.8p0", "1E400", "123456789012345", "1234567890123456", "12345678901234567"}
	for i := 0; i < 6000; i++ {
		text := number()
		if i < len(fixed) {
			text = fixed[i]
		}
		verdict := "-"
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			verdict = bits(f)
		}
		fmt.Fprintf(out, "%s\t%s\n", coded(text), verdict)
	}
}

func ints(out *bufio.Writer) {
	fixed := []string{"", "0", "00", "-0", "+0", "0x", "0b", "0o", "0_", "0x_", "0_7", "0x_f", "0b_1", "0o_7", "_1", "1_", "1__0", "08", "09", "017", "0o17", "0O17", "0B11", "0XfF", "0xg", "0b2", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "0xffffffffffffffff", "0x10000000000000000", "-0x8000000000000000", "+9223372036854775808", "1" + strings.Repeat("0", 300), strings.Repeat("0", 300) + "1", "0x" + strings.Repeat("0", 300) + "f", "１", "٣", "1１", "0x１", "+-1", "--1", "1.0", "1e3", "i", "0z1", "0é1", "-", "+", " 1"}
	for i := 0; i < 3000; i++ {
		text := some(7, "0", "1", "7", "8", "9", "f", "F", "_", "x", "b", "o", "0x", "0b", "0o", "-", "1", "1")
		if i < len(fixed) {
			text = fixed[i]
		}
		verdict := "-"
		if n, err := strconv.ParseInt(text, 0, 64); err == nil {
			verdict = strconv.FormatInt(n, 10)
		} else if n, err := strconv.ParseUint(text, 0, 64); err == nil {
			verdict = strconv.FormatUint(n, 10)
		}
		fmt.Fprintf(out, "%s\t%s\n", coded(text), verdict)
	}
}

func double() float64 {
	switch random.Intn(6) {
	case 0:
		return math.Float64frombits(random.Uint64())
	case 1:
		return float64(random.Int63()) * float64(1-2*random.Intn(2))
	case 2:
		return float64(random.Intn(2000)-1000) / math.Pow(10, float64(random.Intn(9)))
	case 3:
		return math.Pow(10, float64(random.Intn(60)-30)) * float64(random.Intn(20)-10)
	case 4:
		return math.Ldexp(1, random.Intn(2100)-1074)
	default:
		return float64(float32(random.NormFloat64() * math.Pow(10, float64(random.Intn(20)-10))))
	}
}

func floatTexts(out *bufio.Writer) {
	fixed := []float64{0, math.Copysign(0, -1), 1, -1, 5e-324, 1e-323, 2e-323, 1e-6, 9.99e-7, 1e-7, 1e20, 1e21, 9.999999999999999e20, 1e22, 1e23, 2e23, 9007199254740993, 1 << 62, 1 << 63, -(1 << 63), 1 << 64, 18446744073709549568, 9223372036854774784, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32, math.NaN(), math.Inf(1), math.Inf(-1), 0.1, 0.3, 1.5, 100000, 999999, 1000000, 1e5, 123456.5, 1234567.25, 2.5e300, 1e300, 1e-5, 1e-4, 0.00012}
	for i := 0; i < 4000; i++ {
		f := double()
		if i < len(fixed) {
			f = fixed[i]
		}
		inJSON, inYAML := "-", "-"
		if b, err := json.Marshal(f); err == nil {
			inJSON = string(b)
			y, err := yaml.Marshal(f)
			if err != nil {
				panic(err)
			}
			inYAML = strings.TrimSuffix(string(y), "\n")
		}
		fmt.Fprintf(out, "%x\t%s\t%s\t%s\t%s\n", math.Float64bits(f), fmt.Sprint(f), fmt.Sprint(float32(f)), inJSON, inYAML)
	}
}

func marshalled(v any, html bool, indent string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var pieces = []string{"a", "B", "0", " ", "\"", "\\", "/", "<", ">", "&", "'", "=", "\b", "\f", "\n", "\r", "\t", "\x00", "\x01", "\x1f", "\x7f", "\u0080", "\u0085", "\u2027", "\u2028", "\u2029", "\u202a", "\ufffd", "\ufeff", "\uffff", "é", "日本", "😀", "\U0010ffff", "\xff", "\xc3", "\xa9", "\xe2\x80", "\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x80"}

func jsonTexts(out *bufio.Writer) {
	for i := 0; i < 2500; i++ {
		text := some(8, pieces...)
		if i < len(pieces) {
			text = pieces[i]
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", coded(text), coded(marshalled(text, true, "")), coded(marshalled(text, false, "")))
	}
}

// As Kubernetes holds numbers.
func held(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		f, err := v.Float64()
		if err != nil {
			panic(err)
		}
		return f
	case []any:
		for i := range v {
			v[i] = held(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = held(v[k])
		}
	}
	return v
}

func document(depth int) string {
	switch n := random.Intn(9); {
	case n < 3 || depth == 0 && n < 6:
		return marshalled(some(5, pieces[:38]...), false, "")
	case n < 6 || depth == 0:
		return pick("true", "false", "null", "0", "-0", "1", "-1", "1.0", "-0.0", "1e3", "1E3", "1.5", "0.000001", "1e-7", "1e21", "1e20", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "123456789012345678901234567890", "2.5e300", "1e-400", "12345678901234567890.5")
	case n < 7:
		var all []string
		for i := random.Intn(4); i > 0; i-- {
			all = append(all, document(depth-1))
		}
		return "[" + strings.Join(all, ",") + "]"
	default:
		var all []string
		seen := map[string]bool{}
		for i := random.Intn(5); i > 0; i-- {
			key := marshalled(some(3, "a", "b", "B", "1", "10", "é", "\uffff", "😀", "<", "z", "_", "\ue000"), false, "")
			if !seen[key] {
				seen[key] = true
				all = append(all, key+":"+document(depth-1))
			}
		}
		return "{" + strings.Join(all, ",") + "}"
	}
}

func jsonValues(out *bufio.Writer) {
	for i := 0; i < 1500; i++ {
		text := document(3)
		var v any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			panic(err)
		}
		v = held(v)
		fmt.Fprintf(out, "%s\t%s\t%s\n", coded(text), coded(marshalled(v, true, "")), coded(marshalled(v, true, "    ")))
	}
}

func yamlTexts(out *bufio.Writer) {
	fixed := []string{"", "~", "null", "Null", "NULL", "nUll", "y", "Y", "n", "N", "yes", "Yes", "YES", "yEs", "no", "on", "On", "off", "OFF", "true", "True", "TRUE", "tRue", "false", ".nan", ".NaN", ".NAN", ".nAn", ".inf", "+.inf", "-.Inf", ".INF", "<<", "=", "-", "+", ".", "..", "0", "-0", "00", "08", "017", "0o17", "0o18", "0x", "0x1F", "0xfffffffffffffffff", "0x1_f", "0b", "0b1", "0b2", "0b-1", "0b+1", "0o-7", "-0b1", "1_000", "_1", "1_", "1__0", "._5", ".5_0", "5_.0", "1e3", "1e400", "-1e400", "1e-400", "1e3_0", "1e_3", "+1", "+1.5", "+.5", "-.5", "1.", "1.e3", ".e3", "e3", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "+9223372036854775808", "123456789012345678901234567890", "12:30", "12:30:45", "1:60", "1:6", "12:30.5", "12:30.5_", "-12:30", "+1:2", "1_0:2", "1:", ":1", "1:2:", "1:234", "2024-01-02", "2024-1-2", "2024-13-02", "2024-02-30", "2024-02-29", "2023-02-29", "24-01-02", "02024-01-02", "2024-01-02T03:04:05Z", "2024-01-02t03:04:05z", "2024-01-02T03:04:05", "2024-01-02 03:04:05", "2024-01-02  03:04:05", "2024-01-02 03:04:05 Z", "2024-01-02 3:4:5.678", "2024-01-02T03:04:05.1234567891+01:00", "2024-01-02T03:04:05+1:00", "2024-01-02T24:04:05Z", "2024-01-02T", "2024-01-02x", "inf", "nan", "Infinity", "0x1p3", "1.2.3", "v1", "1a", "١", "１２"}
	for i := 0; i < 4000; i++ {
		text := some(6, "0", "1", "2", "5", "6", "9", ":", ".", "-", "+", "_", "e", "E", "x", "0x", "0b", "0o", "T", "Z", " ", "2024-", "-01", "01:", "f", "y", "n")
		if i < len(fixed) {
			text = fixed[i]
		}
		y, err := yaml.Marshal(text)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(out, "%s\t%s\n", coded(text), coded(string(y)))
	}
}

func main() {
	file("floats", floats)
	file("ints", ints)
	file("float-texts", floatTexts)
	file("json-texts", jsonTexts)
	file("json-values", jsonValues)
	file("yaml-texts", yamlTexts)
}

func file(name string, write func(*bufio.Writer)) {
	f, err := os.Create(filepath.Join(os.Args[1], name+".txt"))
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(f)
	write(out)
	if err := out.Flush(); err != nil {
		panic(err)
	}
	if err := f.Close(); err != nil {
		panic(err)
	}
}
