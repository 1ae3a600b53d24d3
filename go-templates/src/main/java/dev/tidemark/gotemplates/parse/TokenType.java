package dev.tidemark.gotemplates.parse;

/** What a token is. */
enum TokenType {
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    LEFT_PAREN,
    RIGHT_PAREN,
    PIPE,
    COMMA,
    ASSIGN,
    DECLARE,
    DOT,
    FIELD,
    VARIABLE,
    IDENTIFIER,
    KEYWORD,
    NIL,
    BOOL,
    NUMBER,
    CHARACTER,
    STRING,
    RAW_STRING,
    OTHER,
    END
}
