package dev.tidemark.go.yaml;

/** Scans lines that begin with a percent sign. */
final class Directives {

    /** As libyaml bounds it. */
    private static final int MAX_VERSION_DIGITS = 2;

    private final Source source;
    private final Properties properties;

    Directives(Source source, Properties properties) {
        this.source = source;
        this.properties = properties;
    }

    Token scan() {
        int from = source.position + 1;
        int to = from;
        while (Chars.isWord(source.chars[to])) {
            to++;
        }
        String name = source.text.substring(from, to);
        Token token = Token.at(source, name.equals("YAML") ? Token.Kind.VERSION_DIRECTIVE : Token.Kind.TAG_DIRECTIVE);
        source.position = to;
        if (!(name.equals("YAML") || name.equals("TAG")) || !Chars.isBlankOrEnd(source.peek())) {
            throw source.error("a line that begins with '%' must be a %YAML or %TAG directive");
        }
        source.skipBlanks();
        if (name.equals("YAML")) {
            version(token);
        } else {
            tag(token);
        }
        token.end = source.position;
        endLine();
        return token;
    }

    private void version(Token token) {
        int major = number();
        if (source.peek() != '.') {
            throw source.error("a %YAML directive needs a version such as 1.1");
        }
        source.position++;
        token.value = major + "." + number();
    }

    private int number() {
        int value = 0;
        int digits = 0;
        while (Chars.isDigit(source.peek())) {
            value = value * 10 + source.peek() - '0';
            digits++;
            source.position++;
            if (digits > MAX_VERSION_DIGITS) {
                break;
            }
        }
        if (digits == 0 || digits > MAX_VERSION_DIGITS) {
            throw source.error("a %YAML directive needs a version such as 1.1");
        }
        return value;
    }

    private void tag(Token token) {
        if (source.peek() != '!') {
            throw source.error("a %TAG directive needs a handle such as !name!");
        }
        token.value = properties.handle();
        if ((token.value.length() > 1 && !token.value.endsWith("!")) || !Chars.isBlank(source.peek())) {
            throw source.error("a %TAG directive needs a handle such as !name! and a prefix");
        }
        source.skipBlanks();
        token.suffix = properties.uri("", true);
        if (!Chars.isBlankOrEnd(source.peek())) {
            throw source.error("the prefix of a %TAG directive has a character that no tag has");
        }
    }

    private void endLine() {
        source.skipBlanks();
        if (source.peek() == '#') {
            source.skipToBreak();
        }
        if (Chars.isBreak(source.peek())) {
            source.skipBreak();
        } else if (!source.atEnd()) {
            throw source.error("behind a directive stands something else than a comment");
        }
    }
}
