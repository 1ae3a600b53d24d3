module tidemark.dev/verdicts/regexp

go 1.26
