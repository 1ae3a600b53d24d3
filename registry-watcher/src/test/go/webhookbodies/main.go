// Says what Go answers to bodies of webhooks: whether notification-controller v1.9.3 lets a request in, by the types that
// it decodes into (flux-git-based 18.3), and what a condition sees of the body.
//
//	go run . > ../../resources/dev/tidemark/watcher/hook/go-verdicts.json
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	cdevents "github.com/cdevents/sdk-go/pkg/api"
	cdevents04 "github.com/cdevents/sdk-go/pkg/api/v04"
	"github.com/google/go-github/v64/github"
)

const token = "s3cr3t-token"

type request struct {
	Type    string            `json:"type"`
	Note    string            `json:"note"`
	Headers map[string]string `json:"headers"`
	// Base64: bodies need not be UTF-8.
	Body string `json:"body"`
	// A part that is repeated in place of the character "*" of the body.
	Repeat      string `json:"repeat,omitempty"`
	RepeatTimes int    `json:"repeatTimes,omitempty"`
	Accepted    bool   `json:"accepted"`
	// What a condition sees: null when the body is no JSON object, left out when the content is not called JSON.
	Seen json.RawMessage `json:"seen,omitempty"`
}

func main() {
	if len(os.Args) > 1 {
		judgeCdevent()
		return
	}
	var out []request
	for _, r := range requests() {
		body, _ := base64.StdEncoding.DecodeString(r.Body)
		if r.Repeat != "" {
			body = bytes.Replace(body, []byte("*"), bytes.Repeat([]byte(r.Repeat), r.RepeatTimes), 1)
		}
		payload, ok := accepts(r, body)
		r.Accepted = ok
		if ok && r.Repeat == "" && len(body) < 2000 && isJSON(r.Headers["Content-Type"]) {
			var seen map[string]any
			r.Seen = json.RawMessage("null")
			if json.NewDecoder(bytes.NewReader(payload)).Decode(&seen) == nil {
				if seen == nil {
					seen = map[string]any{}
				}
				r.Seen, _ = json.Marshal(seen)
			}
		}
		out = append(out, r)
	}
	e := json.NewEncoder(os.Stdout)
	fmt.Println("[")
	for i, r := range out {
		if i > 0 {
			fmt.Println(",")
		}
		if err := e.Encode(r); err != nil {
			panic(err)
		}
	}
	fmt.Println("]")
}

func accepts(r request, body []byte) ([]byte, bool) {
	switch r.Type {
	case "generic":
		return body, true
	case "generic-hmac":
		return body, github.ValidateSignature(r.Headers["X-Signature"], body, []byte(token)) == nil
	case "github", "bitbucket":
		h, _ := http.NewRequest("POST", "/", bytes.NewReader(body))
		for k, v := range r.Headers {
			h.Header.Set(k, v)
		}
		payload, err := github.ValidatePayload(h, []byte(token))
		return payload, err == nil
	case "nexus":
		mac := hmac.New(sha1.New, []byte(token))
		mac.Write(body)
		if hex.EncodeToString(mac.Sum(nil)) != r.Headers["X-Nexus-Webhook-Signature"] {
			return nil, false
		}
		var p struct {
			Action         string `json:"action"`
			RepositoryName string `json:"repositoryName"`
		}
		return body, json.Unmarshal(body, &p) == nil
	case "quay":
		var p struct {
			DockerUrl   string   `json:"docker_url"`
			UpdatedTags []string `json:"updated_tags"`
		}
		return body, json.NewDecoder(bytes.NewReader(body)).Decode(&p) == nil
	case "dockerhub":
		var p struct {
			PushData struct {
				Tag string `json:"tag"`
			} `json:"push_data"`
			Repository struct {
				URL string `json:"repo_url"`
			} `json:"repository"`
		}
		return body, json.NewDecoder(bytes.NewReader(body)).Decode(&p) == nil
	case "acr":
		var p struct {
			Action string `json:"action"`
			Target struct {
				Repository string `json:"repository"`
				Tag        string `json:"tag"`
			} `json:"target"`
		}
		return body, json.NewDecoder(bytes.NewReader(body)).Decode(&p) == nil
	case "gcr":
		var p struct {
			Message struct {
				Data         string    `json:"data"`
				MessageID    string    `json:"messageId"`
				PublishTime  time.Time `json:"publishTime"`
				Subscription string    `json:"subscription"`
			} `json:"message"`
		}
		if json.NewDecoder(bytes.NewReader(body)).Decode(&p) != nil {
			return nil, false
		}
		raw, _ := base64.StdEncoding.DecodeString(p.Message.Data)
		var d struct {
			Action string `json:"action"`
			Digest string `json:"digest"`
			Tag    string `json:"tag"`
		}
		if json.Unmarshal(raw, &d) != nil {
			return nil, false
		}
		encoded, _ := json.Marshal(d)
		return encoded, true
	case "cdevents":
		return body, cdevent(body)
	}
	panic(r.Type)
}

// The library reads into objects that it keeps: what one event lacks it takes from the one before. So each gets a process.
func cdevent(body []byte) bool {
	self := exec.Command(os.Args[0], "cdevent")
	self.Stdin = bytes.NewReader(body)
	return self.Run() == nil
}

func judgeCdevent() {
	body, _ := io.ReadAll(os.Stdin)
	event, err := cdevents04.NewFromJsonBytes(body)
	if err != nil || cdevents.Validate(event) != nil {
		os.Exit(1)
	}
}

func isJSON(header string) bool {
	for _, v := range strings.Split(header, ",") {
		t, _, err := mime.ParseMediaType(v)
		if err != nil {
			return false
		}
		if t == "application/json" {
			return true
		}
	}
	return false
}

func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func requests() []request {
	var all []request
	add := func(kind, note, body string, headers ...string) {
		h := map[string]string{"Content-Type": "application/json"}
		for i := 0; i < len(headers); i += 2 {
			h[headers[i]] = headers[i+1]
		}
		switch kind {
		case "github", "bitbucket":
			if _, given := h["X-Hub-Signature-256"]; !given {
				h["X-Hub-Signature-256"] = sign(body)
			}
		case "generic-hmac":
			h["X-Signature"] = sign(body)
		case "nexus":
			mac := hmac.New(sha1.New, []byte(token))
			mac.Write([]byte(body))
			h["X-Nexus-Webhook-Signature"] = hex.EncodeToString(mac.Sum(nil))
		}
		all = append(all, request{Type: kind, Note: note, Headers: h, Body: base64.StdEncoding.EncodeToString([]byte(body))})
	}
	repeat := func(kind, note, body, part string, times int) {
		all = append(all, request{Type: kind, Note: note, Headers: map[string]string{"Content-Type": "application/json"},
			Body: base64.StdEncoding.EncodeToString([]byte(body)), Repeat: part, RepeatTimes: times})
	}

	good := map[string]string{
		"dockerhub": `{"push_data":{"tag":"1.2.3","pushed_at":1.417566161e+09},"repository":{"repo_name":"acme/web","repo_url":"https://hub.docker.com/r/acme/web"}}`,
		"quay":      `{"repository":"acme/web","docker_url":"quay.io/acme/web","updated_tags":["1.2.3"]}`,
		"acr":       `{"action":"push","target":{"repository":"acme/web","tag":"1.2.3"}}`,
		"nexus":     `{"action":"CREATED","repositoryName":"docker-hosted","component":{"name":"acme/web","version":"1.2.3"}}`,
		"generic":   `{"a":1}`,
		"github":    `{"action":"published"}`,
		"bitbucket": `{"a":[]}`,
	}
	frames := []struct{ note, before, after string }{
		{"as it is", "", ""},
		{"white space around", " \r\n\t", " \n"},
		{"a byte order mark", "\xef\xbb\xbf", ""},
		{"UTF-16", "\xff\xfe", ""},
		{"a second value", "", "{}"},
		{"a word behind", "", "x"},
		{"a zero byte behind", "", "\x00"},
		{"a form feed before", "\f", ""},
		{"cut", "", "CUT"},
	}
	for kind, body := range good {
		for _, f := range frames {
			text := f.before + body + f.after
			if f.after == "CUT" {
				text = body[:len(body)-1]
			}
			add(kind, f.note, text)
		}
		for _, b := range []string{``, ` `, `null`, `nullx`, ` null `, `[]`, `"x"`, `7`, `true`, `{}`, `{"":0}`, `{"a":1e999}`, `{"a":01}`, `{"a":"\ud800"}`, `{"a":"\ud83d\ude00"}`, "{\"a\":\"\xff\xc3\xa9\xe2\x82\"}", "{\"a\":\"\t\"}", `{"a":1,"a":2}`, `{"a":{"b":1},"a":{"c":2}}`, `{"A":1,"a":null}`, `{"a":-0}`, `{"a":18446744073709551616}`, `{"a":1.0}`, `{"a":[1,]}`, `{'a':1}`, `{"a":1}}`, `{"a":NaN}`} {
			add(kind, "another body", b)
		}
		repeat(kind, "nests as deep as Go reads", `{"a":*`, "[", 9999)
	}
	nested := func(n int) string { return `{"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	for _, kind := range []string{"dockerhub", "quay", "acr", "generic"} {
		add(kind, "deep", nested(100))
		add(kind, "deeper", nested(2000))
	}
	add("quay", "as deep as Go goes", nested(9999))
	add("quay", "one deeper", nested(10000))

	values := []string{`"t"`, `7`, `1.5`, `true`, `null`, `[]`, `["t"]`, `[7]`, `[null]`, `[["t"]]`, `{}`, `{"tag":"t"}`, `{"tag":7}`, `{"TAG":7}`, `{"tag":7,"tag":"t"}`, `{"tag":"t","tag":null}`, `{"repo_url":7}`, `{"Repo_URL":[]}`, `{"repository":7}`}
	for kind, names := range map[string][]string{
		"dockerhub": {"push_data", "PUSH_DATA", "repository", "repo\u017fitory", "pu\u017fh_data", "push-data", "callback_url"},
		"quay":      {"docker_url", "DOCKER_URL", "doc\u212aer_url", "updated_tags", "Updated_Tags", "updated_tag\u017f", "repository"},
		"acr":       {"action", "ACTION", "act\u0131on", "target", "Target", "id"},
		"nexus":     {"action", "repositoryName", "repositoryname", "REPOSITORYNAME", "component"},
	} {
		for _, name := range names {
			for _, v := range values {
				add(kind, "a value of another kind", `{"`+name+`":`+v+`}`)
			}
			add(kind, "wrong, then right", `{"`+name+`":7,"`+name+`":"t"}`)
			add(kind, "right, then wrong", `{"`+name+`":"t","`+name+`":{}}`)
		}
	}

	inner := `{"action":"INSERT","digest":"h/p/r/i@sha256:1","tag":"h/p/r/i:1.2.3"}`
	std := base64.StdEncoding.EncodeToString([]byte(inner))
	padded := base64.StdEncoding.EncodeToString([]byte(inner + " "))
	padded2 := base64.StdEncoding.EncodeToString([]byte(inner + "  "))
	for _, data := range []string{std, padded, padded2, strings.TrimRight(padded, "="), strings.TrimRight(padded2, "="),
		std[:20] + `\n` + std[20:], std[:20] + `\r\n` + std[20:] + `\n`, std[:20] + " " + std[20:], std + "=", std + "====", std + "A", std + `\n`,
		base64.URLEncoding.EncodeToString([]byte(inner + "???>>>")), "", "%%%", base64.StdEncoding.EncodeToString([]byte("null")),
		base64.StdEncoding.EncodeToString([]byte("[]")), base64.StdEncoding.EncodeToString([]byte(`{"tag":7}`)),
		base64.StdEncoding.EncodeToString([]byte(`{"Tag":"h/a:1","tag":null}`)), base64.StdEncoding.EncodeToString([]byte("\xef\xbb\xbf" + inner)),
		base64.StdEncoding.EncodeToString([]byte(inner + "{}")), base64.StdEncoding.EncodeToString([]byte("{\"tag\":\"\xff<>&\"}"))} {
		add("gcr", "data", `{"message":{"data":"`+data+`"}}`)
	}
	for _, t := range []string{`"2026-11-22T10:00:00Z"`, `"2026-11-22T10:00:00.123456789123Z"`, `"2026-11-22T10:00:00+01:00"`, `"2026-11-22T10:00:00-23:59"`, `"2026-11-22T10:00:00+24:00"`, `"2026-11-22T10:00:00+01:60"`, `"2026-11-22T10:00Z"`, `"2026-11-22 10:00:00Z"`, `"2026-11-22t10:00:00z"`, `"2026-11-22T10:00:00"`, `"2026-02-29T10:00:00Z"`, `"2024-02-29T10:00:00Z"`, `"2026-13-01T10:00:00Z"`, `"2026-11-22T24:00:00Z"`, `"2026-11-22T10:60:00Z"`, `"2026-11-22T10:00:60Z"`, `"2026-11-22T10:00:00,5Z"`, `"2026-11-22T10:00:00.Z"`, `"0000-01-01T00:00:00Z"`, `"\u0032026-11-22T10:00:00Z"`, `"2026-11-22T1:00:00Z"`, `null`, `""`, `7`, `{}`} {
		add("gcr", "publishTime", `{"message":{"publishTime":`+t+`,"data":"`+std+`"}}`)
		add("cdevents", "timestamp", strings.Replace(event, `"2026-11-22T10:00:00Z"`, t, 1))
	}
	for _, b := range []string{`{}`, `null`, `[]`, `{"message":null}`, `{"message":[]}`, `{"message":{"data":7}}`, `{"message":{"messageId":7,"data":"` + std + `"}}`, `{"message":{"MESSAGEID":7,"data":"` + std + `"}}`, `{"message":{"attributes":7,"data":"` + std + `"},"subscription":7}`, `{"message":{"subscription":7,"data":"` + std + `"}}`, `{"Message":{"Data":"` + std + `"}}`, `{"message":{"data":"` + std + `"}} trailing`, "\xef\xbb\xbf" + `{"message":{"data":"` + std + `"}}`} {
		add("gcr", "envelope", b)
	}

	for _, e := range []struct{ from, to string }{
		{"", ""}, {`,"timestamp":"2026-11-22T10:00:00Z"`, ""}, {`"timestamp"`, `"TIMESTAMP"`}, {`"id":"1"`, `"id":""`}, {`"id":"1"`, `"id":1`}, {`"id":"1"`, `"ID":"1"`}, {`"id":"1",`, ``},
		{`"source":"/ci","type":"dev`, `"type":"dev`}, {`"source":"/ci","type":"dev`, `"source":"","type":"dev`}, {`"source":"/ci","type":"dev`, `"source":"%zz","type":"dev`}, {`"source":"/ci","type":"dev`, `"source":"a b","type":"dev`},
		{`"version":"0.4.1"`, `"version":""`}, {`"version":"0.4.1"`, `"version":"0.3.0"`}, {`"version":"0.4.1"`, `"version":7`}, {`"version":"0.4.1",`, ``}, {`"version":"0.4.1"`, `"version":"draft"`}, {`"version":"0.4.1"`, `"specversion":"0.5.0"`},
		{`artifact.published.0.2.0`, `artifact.published.0.3.0`}, {`artifact.published.0.2.0`, `artifact.published.0.2.0-draft`}, {`artifact.published.0.2.0`, `artifact.published.1.0.0`}, {`artifact.published.0.2.0`, `artifact.published.0.2`}, {`artifact.published.0.2.0`, `artifact.merged.0.2.0`}, {`artifact.published.0.2.0`, `artifact.published.00.2.0`},
		{`"type":"artifact"`, `"type":"build"`}, {`"type":"artifact"`, `"type":7`}, {`"type":"artifact"`, `"type":""`}, {`,"type":"artifact"`, ``},
		{`"id":"pkg:oci/web@sha256%3A1"`, `"id":""`}, {`"id":"pkg:oci/web@sha256%3A1"`, `"id":7`}, {`"id":"pkg:oci/web@sha256%3A1",`, ``}, {`"id":"pkg:oci/web@sha256%3A1"`, `"id":"no purl"`},
		{`"content":{}`, `"content":7`}, {`"content":{}`, `"content":null`}, {`,"content":{}`, ``}, {`"content":{}`, `"content":[]`}, {`"content":{}`, `"content":{"user":"x"}`}, {`"content":{}`, `"content":{"other":7}`},
		{`"subject":{`, `"SUBJECT":{`}, {`"context":{`, `"other":{`}, {`"context":{`, `"Context":{`},
		{`"subject":{`, `"customData":{"a":1},"subject":{`}, {`"subject":{`, `"customDataContentType":7,"subject":{`}, {`"id":"1"`, `"chainId":"x","id":"1"`}, {`"id":"1"`, `"chainId":7,"id":"1"`}, {`"id":"1"`, `"links":[],"id":"1"`}, {`"id":"1"`, `"links":7,"id":"1"`}, {`"id":"1"`, `"schemaUri":"https://x.example/s","id":"1"`}, {`"id":"1"`, `"schemaUri":7,"id":"1"`},
		{`"source":"/ci","type":"artifact"`, `"source":7,"type":"artifact"`}, {`"source":"/ci","type":"artifact"`, `"source":"%zz","type":"artifact"`},
		{`dev.cdevents.artifact.published.0.2.0`, `dev.cdeventsx.mytool-thing.created.0.1.0`},
	} {
		add("cdevents", "structure", strings.Replace(event, e.from, e.to, 1))
	}
	add("cdevents", "a word behind", event+"x")
	add("cdevents", "a byte order mark", "\xef\xbb\xbf"+event)

	for _, t := range []string{"application/json", "APPLICATION/JSON", "application/json; charset=utf-8", "application/json;charset=UTF-8", `application/json; a="b;c"`, `application/json; a="b`, "application/json; charset", "application/json;", "application/json ; ;", "application/json; a=1; a=2", "application/json, text/plain", "text/plain, application/json", "", "application", "application/x-www-form-urlencoded", "Application/X-WWW-Form-URLencoded; charset=utf-8", "text/json", " application/json ", "application/json; charset=utf-8; x=\"\\\"\""} {
		for _, kind := range []string{"github", "generic"} {
			add(kind, "content type", `{"a":1}`, "Content-Type", t)
		}
		add("github", "form", `payload=%7B%22a%22%3A1%7D`, "Content-Type", t)
	}
	for _, f := range []string{`payload=%7B%7D&x=1`, `x=1&payload=%7B%7D`, `payload=`, `payload`, ``, `PAYLOAD=%7B%7D`, `%70ayload=%7B%7D`, `payload=%7`, `payload=%zz`, `x=%zz&payload={}`, `a;b&payload={}`, `payload={};x=1`, `payload=1&payload=2`, `payload=+%2B`, `&&payload={}&`, `=x&payload={}`, `payload=a=b`, "payload=\xff"} {
		add("github", "form", f, "Content-Type", "application/x-www-form-urlencoded")
		add("bitbucket", "form", f, "Content-Type", "application/x-www-form-urlencoded")
	}
	body := `{"a":1}`
	right := strings.TrimPrefix(sign(body), "sha256=")
	for _, s := range []string{"sha256=" + strings.ToUpper(right), "sha256=" + right[:62], "sha256=", "sha256", "SHA256=" + right, "sha256= " + right, "sha256=" + right + "=", "md5=" + right, right, "=", ""} {
		add("github", "signature", body, "X-Hub-Signature-256", s)
	}
	return all
}

const event = `{"context":{"version":"0.4.1","id":"1","source":"/ci","type":"dev.cdevents.artifact.published.0.2.0","timestamp":"2026-11-22T10:00:00Z"},"subject":{"id":"pkg:oci/web@sha256%3A1","source":"/ci","type":"artifact","content":{}}}`
