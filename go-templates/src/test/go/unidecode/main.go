// Writes unidecode.txt, the table behind slugify: what gosimple/unidecode (Apache License 2.0) makes of every character of the basic
// plane. 256 lines for the high byte, in each the texts for the low bytes behind the last one that has any, between tabs.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/gosimple/unidecode"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for high := 0; high < 256; high++ {
		var row []string
		for low := 0; low < 256; low++ {
			r := rune(high<<8 | low)
			text := ""
			if r >= 0x80 && (r < 0xd800 || r > 0xdfff) {
				text = unidecode.Unidecode(string(r))
			}
			// White space of any kind ends as a hyphen in a slug.
			text = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(text)
			row = append(row, text)
		}
		fmt.Fprintln(out, strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
}
