package dev.tidemark.go.yaml;

/**
 * A place in a text.
 *
 * @param offset UTF-16 units from the start of the text
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units
 */
public record Mark(int offset, int line, int column) {}
