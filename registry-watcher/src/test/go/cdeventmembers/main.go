// Writes what the library for Go wants of the content of each event of CDEvents v0.4, from its types and its schemas: a
// member in each line, with the kind of value that it has, whether it is required, and the values that there are.
//
//	go run . > ../../../main/resources/dev/tidemark/watcher/hook/cdevents-0.4.txt
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	cdevents "github.com/cdevents/sdk-go/pkg/api"
	cdevents04 "github.com/cdevents/sdk-go/pkg/api/v04"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func main() {
	var lines []string
	for _, event := range cdevents04.CDEventsTypes {
		subject, _ := reflect.TypeOf(event).Elem().FieldByName("Subject")
		content, _ := subject.Type.FieldByName("Content")
		if content.Type.Kind() != reflect.Struct { // custom events contain anything
			continue
		}
		_, schema, err := event.GetSchema()
		if err != nil {
			panic(err)
		}
		kind := strings.TrimPrefix(event.GetType().UnversionedString(), "dev.cdevents.")
		lines = append(lines, members(kind, content.Type, inside(inside(schema, "subject"), "content"))...)
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
}

func inside(schema *jsonschema.Schema, name string) *jsonschema.Schema {
	for schema.Ref != nil {
		schema = schema.Ref
	}
	return schema.Properties[name]
}

func members(path string, of reflect.Type, schema *jsonschema.Schema) []string {
	var lines []string
	for i := 0; i < of.NumField(); i++ {
		field := of.Field(i)
		name := strings.Split(field.Tag.Get("json"), ",")[0]
		line := path + " " + strings.ToLower(name) + " "
		property := inside(schema, name)
		t := field.Type
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		switch {
		case t == reflect.TypeOf(cdevents.Reference{}):
			line += "reference"
		case t.Kind() == reflect.String && field.Tag.Get("validate") == "purl":
			line += "purl"
		case t.Kind() == reflect.String:
			line += "text"
		case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
			line += "texts"
		case t.Kind() == reflect.Struct:
			line += "object"
			lines = append(lines, members(path+"/"+strings.ToLower(name), t, property)...)
		default:
			panic(line + t.String())
		}
		// what is missing is written all the same, as null or empty, and then held against the schema
		written := !strings.Contains(field.Tag.Get("json"), ",omitempty")
		if written && (t.Kind() != reflect.String || property.MinLength != nil || property.Enum != nil || property.AnyOf != nil) {
			line += " required"
		}
		if property != nil && property.Enum != nil {
			for _, value := range property.Enum.Values {
				line += " " + value.(string)
			}
		}
		lines = append(lines, line)
	}
	return lines
}
