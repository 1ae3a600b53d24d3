package dev.tidemark.gotemplates.parse;

import java.util.Set;

/** Cuts a template's text into tokens, one at a time. */
final class Lexer {
    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");
    private static final String COMMENT_START = "/*";
    private static final String COMMENT_END = "*/";

    private final Source source;
    private final String text;
    private final Delimiters delimiters;
    private int at;
    private int parens;
    private boolean inAction;
    private boolean trimNext;

    Lexer(Source source, Delimiters delimiters) {
        this.source = source;
        this.text = source.text();
        this.delimiters = delimiters;
    }

    Token next() {
        return inAction ? inside() : outside();
    }

    private Token outside() {
        while (true) {
            int start = at;
            if (trimNext) {
                trimNext = false;
                while (start < text.length() && isSpace(text.charAt(start))) {
                    start++;
                }
            }
            int left = text.indexOf(delimiters.left(), start);
            int open = left < 0 ? text.length() : left;
            boolean trims = left >= 0 && trimsLeft(left + delimiters.left().length());
            int end = open;
            while (trims && end > start && isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (end > start) {
                at = open;
                return new Token(TokenType.TEXT, text.substring(start, end), start);
            }
            at = open;
            if (left < 0) {
                return new Token(TokenType.END, "", at);
            }
            int inner = left + delimiters.left().length() + (trims ? 2 : 0);
            if (!text.startsWith(COMMENT_START, inner)) {
                at = inner;
                inAction = true;
                parens = 0;
                return new Token(TokenType.LEFT_DELIMITER, delimiters.left(), left);
            }
            skipComment(left, inner);
        }
    }

    private void skipComment(int left, int comment) {
        int end = text.indexOf(COMMENT_END, comment + COMMENT_START.length());
        if (end < 0) {
            throw source.error(left, left + 20, "unclosed comment: expected \"*/\"");
        }
        int after = end + COMMENT_END.length();
        if (text.startsWith(delimiters.right(), after)) {
            at = after + delimiters.right().length();
        } else if (trimsRight(after)) {
            at = after + 2 + delimiters.right().length();
            trimNext = true;
        } else {
            throw source.error(
                    left,
                    after,
                    "comment ends before closing delimiter: expected \"" + delimiters.right()
                            + "\" right after \"*/\"");
        }
    }

    private boolean trimsLeft(int offset) {
        return offset + 1 < text.length() && text.charAt(offset) == '-' && isSpace(text.charAt(offset + 1));
    }

    private boolean trimsRight(int offset) {
        return offset + 1 < text.length()
                && isSpace(text.charAt(offset))
                && text.charAt(offset + 1) == '-'
                && text.startsWith(delimiters.right(), offset + 2);
    }

    private boolean atRightDelimiter(int offset) {
        return text.startsWith(delimiters.right(), offset) || trimsRight(offset);
    }

    private Token inside() {
        int start = at;
        if (atRightDelimiter(start)) {
            if (parens > 0) {
                throw source.error(start, start, "unclosed left paren: expected \")\"");
            }
            trimNext = trimsRight(start);
            at = start + (trimNext ? 2 : 0) + delimiters.right().length();
            inAction = false;
            return new Token(TokenType.RIGHT_DELIMITER, text.substring(start, at), start);
        }
        if (start == text.length()) {
            throw source.error(start, start, "unclosed action: expected \"" + delimiters.right() + "\"");
        }
        char c = text.charAt(start);
        if (isSpace(c)) {
            return space();
        }
        return switch (c) {
            case '=' -> token(TokenType.ASSIGN, 1);
            case '|' -> token(TokenType.PIPE, 1);
            case ',' -> token(TokenType.COMMA, 1);
            case '(' -> {
                parens++;
                yield token(TokenType.LEFT_PAREN, 1);
            }
            case ')' -> {
                if (--parens < 0) {
                    throw source.error(start, start + 1, "unexpected right paren");
                }
                yield token(TokenType.RIGHT_PAREN, 1);
            }
            case ':' -> {
                if (!text.startsWith(":=", start)) {
                    throw source.error(start, start + 1, "expected \":=\"");
                }
                yield token(TokenType.DECLARE, 2);
            }
            case '"' -> quoted('"', TokenType.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', TokenType.CHARACTER, "unterminated character constant");
            case '`' -> raw();
            case '$' -> word(TokenType.VARIABLE);
            case '.' -> isDigitAt(start + 1) ? number() : word(TokenType.FIELD);
            case '+', '-' -> number();
            default -> {
                if (c >= '0' && c <= '9') {
                    yield number();
                }
                if (isWord(text.codePointAt(start))) {
                    yield word(TokenType.IDENTIFIER);
                }
                if (c < ' ' || c >= 0x7F) {
                    throw source.error(start, start + 1, "unexpected character " + unicode(start));
                }
                yield token(TokenType.OTHER, 1);
            }
        };
    }

    private Token space() {
        int start = at;
        int end = start;
        while (end < text.length() && isSpace(text.charAt(end)) && !trimsRight(end)) {
            end++;
        }
        return token(TokenType.SPACE, end - start);
    }

    private Token token(TokenType type, int length) {
        Token token = new Token(type, text.substring(at, at + length), at);
        at += length;
        return token;
    }

    private Token quoted(char quote, TokenType type, String problem) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) != '\n') {
                i++;
            } else if (c == quote) {
                return token(type, i + 1 - at);
            } else if (c == '\n') {
                break;
            }
        }
        throw source.error(at, at + 20, problem + ": expected a closing " + quote);
    }

    private Token raw() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw source.error(at, at + 20, "unterminated raw quoted string: expected a closing `");
        }
        return token(TokenType.RAW_STRING, end + 1 - at);
    }

    /** A name, with the dot or dollar that it begins with. */
    private Token word(TokenType type) {
        int end = type == TokenType.IDENTIFIER ? at : at + 1;
        while (end < text.length() && isWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        String word = text.substring(at, end);
        if (!endsWord(end)) {
            throw source.error(at, end + 1, "bad character " + unicode(end));
        }
        TokenType exact =
                switch (type) {
                    case FIELD -> word.length() == 1 ? TokenType.DOT : TokenType.FIELD;
                    case IDENTIFIER ->
                        KEYWORDS.contains(word)
                                ? TokenType.KEYWORD
                                : word.equals("nil")
                                        ? TokenType.NIL
                                        : word.equals("true") || word.equals("false")
                                                ? TokenType.BOOL
                                                : TokenType.IDENTIFIER;
                    default -> type;
                };
        return token(exact, word.length());
    }

    private boolean endsWord(int offset) {
        if (offset >= text.length() || isSpace(text.charAt(offset))) {
            return true;
        }
        return ".,|:)(".indexOf(text.charAt(offset)) >= 0 || text.startsWith(delimiters.right(), offset);
    }

    private Token number() {
        int end = scanNumber(at);
        if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
            int imaginary = scanNumber(end);
            if (text.charAt(imaginary - 1) != 'i') {
                throw badNumber(imaginary);
            }
            end = imaginary;
        }
        if (end < text.length() && isWord(text.codePointAt(end))) {
            throw badNumber(end + 1);
        }
        return token(TokenType.NUMBER, end - at);
    }

    private RuntimeException badNumber(int end) {
        return source.error(at, end, "bad number syntax: " + source.snippet(at, end));
    }

    private int scanNumber(int from) {
        int i = from;
        if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        String digits = "0123456789_";
        if (i < text.length() && text.charAt(i) == '0') {
            i++;
            if (isOneOf(i, "xX")) {
                digits = "0123456789abcdefABCDEF_";
                i++;
            } else if (isOneOf(i, "oO")) {
                digits = "01234567_";
                i++;
            } else if (isOneOf(i, "bB")) {
                digits = "01_";
                i++;
            }
        }
        i = skip(i, digits);
        if (isOneOf(i, ".")) {
            i = skip(i + 1, digits);
        }
        boolean decimal = digits.length() == 11;
        if ((decimal && isOneOf(i, "eE")) || (digits.length() > 16 && isOneOf(i, "pP"))) {
            i++;
            if (isOneOf(i, "+-")) {
                i++;
            }
            i = skip(i, "0123456789_");
        }
        return isOneOf(i, "i") ? i + 1 : i;
    }

    private int skip(int from, String characters) {
        int i = from;
        while (isOneOf(i, characters)) {
            i++;
        }
        return i;
    }

    private boolean isOneOf(int offset, String characters) {
        return offset < text.length() && characters.indexOf(text.charAt(offset)) >= 0;
    }

    private boolean isDigitAt(int offset) {
        return isOneOf(offset, "0123456789");
    }

    private String unicode(int offset) {
        int point = text.codePointAt(offset);
        return String.format("U+%04X '%s'", point, Character.toString(point));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isWord(int point) {
        return point == '_' || Character.isLetter(point) || Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
    }
}
