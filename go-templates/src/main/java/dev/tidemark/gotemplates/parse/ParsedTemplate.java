package dev.tidemark.gotemplates.parse;

import dev.tidemark.gotemplates.parse.Node.Block;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of a parse.
 *
 * @param templates by name: the text itself under its own, and what {@code define} and {@code block} named
 * @param functions the names of all functions used
 */
public record ParsedTemplate(Source source, Map<String, Block> templates, Set<String> functions) {}
