package dev.tidemark.go.yaml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Scans what may stand before a value: anchors and tags; and aliases. */
final class Properties {

    private static final String URI_MARKS = ";/?:@&=+$,.!~*'()[]%";
    private static final String BEHIND_ANCHOR = "?:,]}%@`";

    private final Source source;

    Properties(Source source) {
        this.source = source;
    }

    Token anchor(Token.Kind kind) {
        Token token = Token.at(source, kind);
        source.position++;
        token.value = word();
        token.end = source.position;
        if (token.value.isEmpty()
                || !(Chars.isBlankOrEnd(source.peek()) || BEHIND_ANCHOR.indexOf(source.peek()) >= 0)) {
            String what = kind == Token.Kind.ALIAS ? "an alias ('*')" : "an anchor ('&')";
            throw source.error(what + " is named with letters, digits, '-' and '_': put other text in quotes");
        }
        return token;
    }

    private String word() {
        int from = source.position;
        while (Chars.isWord(source.peek())) {
            source.position++;
        }
        return source.text.substring(from, source.position);
    }

    Token tag() {
        Token token = Token.at(source, Token.Kind.TAG);
        if (source.peek(1) == '<') {
            source.position += 2;
            token.suffix = uri("", true);
            if (source.peek() != '>') {
                throw source.error("'>' is missing behind a tag");
            }
            source.position++;
        } else {
            String handle = handle();
            if (handle.length() > 1 && handle.endsWith("!")) {
                token.value = handle;
                token.suffix = uri("", true);
            } else {
                token.suffix = uri(handle.substring(1), false);
                token.value = "!";
                if (token.suffix.isEmpty()) {
                    token.value = "";
                    token.suffix = "!";
                }
            }
        }
        if (!Chars.isBlankOrEnd(source.peek())) {
            throw source.error("a tag ('!') needs white space behind it: put text that begins with '!' in quotes");
        }
        token.end = source.position;
        return token;
    }

    /** {@code !}, {@code !word} or {@code !word!}. */
    String handle() {
        int from = source.position;
        source.position++;
        word();
        if (source.peek() == '!') {
            source.position++;
        }
        return source.text.substring(from, source.position);
    }

    String uri(String head, boolean required) {
        int from = source.position;
        StringBuilder uri = new StringBuilder(head);
        while (Chars.isWord(source.peek()) || (!source.atEnd() && URI_MARKS.indexOf(source.peek()) >= 0)) {
            if (source.peek() == '%') {
                uri.append(escaped());
            } else {
                uri.append(source.peek());
                source.position++;
            }
        }
        if (required && source.position == from) {
            throw source.error("a tag lacks its name");
        }
        return uri.toString();
    }

    /** One character as the octets of its UTF-8, each behind a {@code %}. */
    private String escaped() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int expected = 1;
        while (octets.size() < expected) {
            int high = source.peek() == '%' ? Chars.hex(source.peek(1)) : -1;
            int low = high < 0 ? -1 : Chars.hex(source.peek(2));
            int octet = (high << 4) | low;
            if (low < 0 || (octets.size() > 0 && (octet & 0xC0) != 0x80)) {
                throw source.error("'%' in a tag needs the hexadecimal octets of a character behind it");
            }
            if (octets.size() == 0) {
                expected = utf8Length(octet);
            }
            octets.write(octet);
            source.position += 3;
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private int utf8Length(int octet) {
        int ones = Integer.numberOfLeadingZeros(~(octet << 24));
        if (ones == 1 || ones > 4) {
            throw source.error("'%' in a tag names octets that are no character");
        }
        return Math.max(1, ones);
    }
}
