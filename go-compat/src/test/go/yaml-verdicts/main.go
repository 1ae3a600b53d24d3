// Records what Go's YAML libraries say about texts, for YamlVerdictsTest.
//
// Reads a file with one case per line, the text in base64, and writes one JSON object per line:
// the text and the verdicts of sigs.k8s.io/yaml (first document, as JSON), of yaml.v2 over the
// whole stream, and of yaml.v3 over the whole stream: documents as JSON and the scalars with their
// places. An error is {"error": MESSAGE}. See README.md.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	v2 "go.yaml.in/yaml/v2"
	v3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

type verdict struct {
	Text string `json:"text"`
	// Sigs is the first document by sigs.k8s.io/yaml.
	Sigs json.RawMessage `json:"sigs"`
	// V2 says whether yaml.v2 reads the whole stream: a number of documents, or an error.
	V2 any `json:"v2"`
	// V3 holds the documents of yaml.v3 as JSON; null where a document has no JSON form.
	V3 any `json:"v3"`
	// Scalars of yaml.v3's nodes: line, column, style, value; empty ones are left out.
	Scalars [][]any `json:"scalars,omitempty"`
}

type failure struct {
	Error string `json:"error"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		text, err := base64.StdEncoding.DecodeString(in.Text())
		if err != nil {
			panic(err)
		}
		encoder.Encode(judge(text))
	}
}

func judge(text []byte) verdict {
	v := verdict{Text: base64.StdEncoding.EncodeToString(text)}
	v.Sigs = guarded(func() (any, error) {
		j, err := yaml.YAMLToJSON(text)
		if err == nil && ambiguous(text) {
			err = errors.New("ambiguous: two keys have one text")
		}
		return json.RawMessage(j), err
	})
	v.V2 = guarded(func() (any, error) { return countV2(text) })
	v.V3 = guarded(func() (any, error) { return documentsV3(text) })
	v.Scalars = scalarsV3(text)
	return v
}

// guarded gives the result as JSON; a panic of a library counts as an error.
func guarded(f func() (any, error)) (raw json.RawMessage) {
	defer func() {
		if p := recover(); p != nil {
			raw, _ = json.Marshal(failure{fmt.Sprint("panic: ", p)})
		}
	}()
	value, err := f()
	if err != nil {
		value = failure{strings.SplitN(err.Error(), "\n", 2)[0]}
	}
	raw, err = json.Marshal(value)
	if err != nil {
		raw, _ = json.Marshal(failure{err.Error()})
	}
	return raw
}

// ambiguous says whether what sigs.k8s.io/yaml makes of the text depends on the order of a Go map.
func ambiguous(text []byte) bool {
	var value any
	if v2.Unmarshal(text, &value) != nil {
		return false
	}
	_, err := withTextKeys(value)
	return err != nil && strings.HasPrefix(err.Error(), "ambiguous")
}

func countV2(text []byte) (int, error) {
	decoder := v2.NewDecoder(bytes.NewReader(text))
	for n := 0; ; n++ {
		var value any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

func documentsV3(text []byte) ([]any, error) {
	decoder := v3.NewDecoder(bytes.NewReader(text))
	documents := []any{}
	for {
		var value any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		value, err = withTextKeys(value)
		if err != nil {
			return nil, err
		}
		documents = append(documents, value)
	}
}

// withTextKeys makes keys text as sigs.k8s.io/yaml does it for yaml.v2.
func withTextKeys(value any) (any, error) {
	switch value := value.(type) {
	case map[string]any:
		for k, v := range value {
			converted, err := withTextKeys(v)
			if err != nil {
				return nil, err
			}
			value[k] = converted
		}
		return value, nil
	case map[any]any:
		texts := map[string]any{}
		for k, v := range value {
			key, err := keyText(k)
			if err != nil {
				return nil, err
			}
			if _, there := texts[key]; there {
				return nil, errors.New("ambiguous: two keys have one text")
			}
			if texts[key], err = withTextKeys(v); err != nil {
				return nil, err
			}
		}
		return texts, nil
	case []any:
		for i := range value {
			converted, err := withTextKeys(value[i])
			if err != nil {
				return nil, err
			}
			value[i] = converted
		}
	}
	return value, nil
}

func keyText(key any) (string, error) {
	switch key := key.(type) {
	case string:
		return key, nil
	case int:
		return strconv.Itoa(key), nil
	case bool:
		return strconv.FormatBool(key), nil
	case float64:
		text := strconv.FormatFloat(key, 'g', -1, 32)
		switch text {
		case "+Inf":
			text = ".inf"
		case "-Inf":
			text = "-.inf"
		case "NaN":
			text = ".nan"
		}
		return text, nil
	}
	return "", fmt.Errorf("unsupported map key of type %T", key)
}

func scalarsV3(text []byte) (scalars [][]any) {
	defer func() {
		if p := recover(); p != nil {
			scalars = nil
		}
	}()
	decoder := v3.NewDecoder(bytes.NewReader(text))
	for {
		var document v3.Node
		if err := decoder.Decode(&document); err != nil {
			if errors.Is(err, io.EOF) {
				return scalars
			}
			return nil
		}
		scalars = collect(&document, scalars)
	}
}

func collect(node *v3.Node, scalars [][]any) [][]any {
	if node.Kind == v3.ScalarNode && node.Value != "" {
		style := "p"
		switch {
		case node.Style&v3.SingleQuotedStyle != 0:
			style = "s"
		case node.Style&v3.DoubleQuotedStyle != 0:
			style = "d"
		case node.Style&v3.LiteralStyle != 0:
			style = "l"
		case node.Style&v3.FoldedStyle != 0:
			style = "f"
		}
		scalars = append(scalars, []any{node.Line, node.Column, style, node.Value})
	}
	for _, child := range node.Content {
		scalars = collect(child, scalars)
	}
	return scalars
}
