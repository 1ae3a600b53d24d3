// Command probe runs the image updater over JSON cases read from standard input.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/fluxcd/image-automation-controller/internal/update"
	reflectorv1 "github.com/fluxcd/image-reflector-controller/api/v1"
)

type result struct {
	Input   map[string]string `json:"input"`
	Files   map[string]string `json:"files,omitempty"`
	Changes []string          `json:"changes,omitempty"`
	Error   string            `json:"error,omitempty"`
}

func policies() []reflectorv1.ImagePolicy {
	p := reflectorv1.ImagePolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "apps", Name: "p"}}
	p.Status.LatestRef = &reflectorv1.ImageRef{Name: "img/x", Tag: "2.0.0"}
	k := reflectorv1.ImagePolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "apps", Name: "k"}}
	k.Status.LatestRef = &reflectorv1.ImageRef{Name: "pod", Tag: "List"}
	return []reflectorv1.ImagePolicy{p, k}
}

func run(files map[string]string) (r result) {
	r.Input = files
	defer func() {
		if p := recover(); p != nil {
			r.Error = fmt.Sprint("panic: ", p)
		}
	}()
	in, _ := os.MkdirTemp("", "in")
	defer os.RemoveAll(in)
	for name, text := range files {
		os.MkdirAll(filepath.Dir(filepath.Join(in, name)), 0o700)
		os.WriteFile(filepath.Join(in, name), []byte(text), 0o600)
	}
	res, err := update.UpdateWithSetters(logr.Discard(), in, in, policies())
	if err != nil {
		r.Error = err.Error()
		return
	}
	r.Files = map[string]string{}
	filepath.Walk(in, func(path string, info os.FileInfo, err error) error {
		if !info.IsDir() {
			rel, _ := filepath.Rel(in, path)
			text, _ := os.ReadFile(path)
			if string(text) != files[rel] {
				r.Files[rel] = string(text)
			}
		}
		return nil
	})
	for file, objects := range res.FileChanges {
		for id, changes := range objects {
			for _, c := range changes {
				r.Changes = append(r.Changes, fmt.Sprintf("%s|%s/%s/%s/%s|%s|%s|%s", file, id.APIVersion, id.Kind, id.Namespace, id.Name, c.OldValue, c.NewValue, c.Setter))
			}
		}
	}
	sort.Strings(r.Changes)
	return
}

func main() {
	var cases []map[string]string
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	results := []result{}
	for _, c := range cases {
		results = append(results, run(c))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	out.SetEscapeHTML(false)
	out.Encode(results)
}
