package dev.tidemark.gotemplates.parse;

import dev.tidemark.gotemplates.error.TemplateParseException;
import dev.tidemark.gotemplates.parse.Node.Block;
import dev.tidemark.gotemplates.parse.Node.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the tree of a template from its tokens. */
public final class Parser {
    private final Source source;
    private final TokenStream tokens;
    private final PipelineParser pipelines;
    private final int nesting;
    private final Map<String, Block> templates = new LinkedHashMap<>();
    private int depth;
    private int ranges;

    private Parser(Source source, Delimiters delimiters, FunctionNames functions, int nesting) {
        this.source = source;
        this.tokens = new TokenStream(new Lexer(source, delimiters));
        this.pipelines = new PipelineParser(source, tokens, functions, nesting);
        this.nesting = nesting;
    }

    /**
     * Parses a text.
     *
     * @param nesting how many blocks or parentheses may be inside each other
     * @throws TemplateParseException if it is no template
     */
    public static ParsedTemplate parse(Source source, Delimiters delimiters, FunctionNames functions, int nesting) {
        var parser = new Parser(source, delimiters, functions, nesting);
        Block root = parser.root();
        parser.define(source.name(), root, 0, 0);
        return new ParsedTemplate(source, Map.copyOf(parser.templates), Set.copyOf(parser.pipelines.used()));
    }

    private Block root() {
        var nodes = new ArrayList<Node>();
        while (true) {
            Token token = tokens.next();
            if (token.is(TokenType.END)) {
                return new Block(List.copyOf(nodes));
            }
            if (token.is(TokenType.LEFT_DELIMITER)) {
                Token word = tokens.nextNonSpace();
                if (word.isKeyword("define")) {
                    definition(word);
                    continue;
                }
                tokens.back(word);
            }
            nodes.add(node(token));
        }
    }

    private Node node(Token token) {
        return switch (token.type()) {
            case TEXT -> new Node.Text(token.text(), token.start(), token.end());
            case LEFT_DELIMITER -> action();
            default -> throw pipelines.unexpected(token, "input", "text or an action");
        };
    }

    private Node action() {
        Token token = tokens.nextNonSpace();
        if (token.is(TokenType.KEYWORD)) {
            return switch (token.text()) {
                case "if" -> ifBlock(token);
                case "with" -> withBlock(token);
                case "range" -> rangeBlock(token);
                case "template" -> call(token);
                case "block" -> block(token);
                case "break" -> {
                    loopWord(token);
                    yield new Node.Break(token.start(), token.end());
                }
                case "continue" -> {
                    loopWord(token);
                    yield new Node.Continue(token.start(), token.end());
                }
                default ->
                    throw source.error(
                            token.start(),
                            token.end(),
                            "unexpected {{" + token.text() + "}}: "
                                    + (token.isKeyword("define")
                                            ? "templates are defined outside of blocks"
                                            : "no block is open here"));
            };
        }
        tokens.back(token);
        return new Node.Action(pipelines.untilDelimiter("command"));
    }

    private void loopWord(Token token) {
        Token end = tokens.nextNonSpace();
        if (!end.is(TokenType.RIGHT_DELIMITER)) {
            throw pipelines.unexpected(end, "{{" + token.text() + "}}", "the end of the action");
        }
        if (ranges == 0) {
            throw source.error(token.start(), token.end(), "{{" + token.text() + "}} outside {{range}}");
        }
    }

    /** The two branches of a block. */
    private record Branches(
            Pipeline pipeline, Block body, @Nullable Block otherwise) {}

    private Node.If ifBlock(Token word) {
        Branches b = branches("if");
        return new Node.If(b.pipeline, b.body, b.otherwise, word.start(), b.pipeline.end());
    }

    private Node.With withBlock(Token word) {
        Branches b = branches("with");
        return new Node.With(b.pipeline, b.body, b.otherwise, word.start(), b.pipeline.end());
    }

    private Node.Range rangeBlock(Token word) {
        Branches b = branches("range");
        return new Node.Range(b.pipeline, b.body, b.otherwise, word.start(), b.pipeline.end());
    }

    private Branches branches(String keyword) {
        int scope = pipelines.variableCount();
        Pipeline pipeline = pipelines.untilDelimiter(keyword);
        boolean loops = keyword.equals("range");
        ranges += loops ? 1 : 0;
        var nodes = new ArrayList<Node>();
        Token end = body(nodes, keyword);
        ranges -= loops ? 1 : 0;
        Block otherwise = end.isKeyword("else") ? otherwise(keyword) : null;
        pipelines.forgetTo(scope);
        return new Branches(pipeline, new Block(List.copyOf(nodes)), otherwise);
    }

    private Block otherwise(String keyword) {
        Token after = tokens.nextNonSpace();
        if (!keyword.equals("range") && after.isKeyword(keyword)) {
            // "else if" shares the end of the outer block.
            enter(after);
            Node chained = keyword.equals("if") ? ifBlock(after) : withBlock(after);
            depth--;
            return new Block(List.of(chained));
        }
        if (!after.is(TokenType.RIGHT_DELIMITER)) {
            throw pipelines.unexpected(after, "else", "the end of the action");
        }
        var nodes = new ArrayList<Node>();
        Token end = body(nodes, keyword);
        if (!end.isKeyword("end")) {
            throw source.error(end.start(), end.end(), "expected end; found {{else}}");
        }
        return new Block(List.copyOf(nodes));
    }

    /** Reads nodes up to {@code end} or {@code else}; of {@code end} also its delimiter. */
    private Token body(List<Node> nodes, String context) {
        while (true) {
            Token token = tokens.next();
            if (token.is(TokenType.END)) {
                throw source.error(token.start(), token.end(), "unexpected EOF: expected {{end}} of " + context);
            }
            if (token.is(TokenType.LEFT_DELIMITER)) {
                Token word = tokens.nextNonSpace();
                if (word.isKeyword("else")) {
                    return word;
                }
                if (word.isKeyword("end")) {
                    expect(TokenType.RIGHT_DELIMITER, "end", "the end of the action");
                    return word;
                }
                tokens.back(word);
            }
            enter(token);
            nodes.add(node(token));
            depth--;
        }
    }

    private void enter(Token token) {
        if (++depth > nesting) {
            throw source.error(
                    token.start(), token.end(), "more than " + nesting + " blocks inside each other (bound: nesting)");
        }
    }

    private Token expect(TokenType type, String context, String expected) {
        Token token = tokens.nextNonSpace();
        if (!token.is(type)) {
            throw pipelines.unexpected(token, context, expected);
        }
        return token;
    }

    private String name(String context) {
        Token token = tokens.nextNonSpace();
        if (!token.is(TokenType.STRING) && !token.is(TokenType.RAW_STRING)) {
            throw pipelines.unexpected(token, context, "the template's name in quotes");
        }
        try {
            return token.is(TokenType.STRING) ? StringLiteral.string(token.text()) : StringLiteral.raw(token.text());
        } catch (IllegalArgumentException e) {
            throw source.error(token.start(), token.end(), String.valueOf(e.getMessage()));
        }
    }

    private Node.Call call(Token word) {
        String name = name("template clause");
        Token token = tokens.nextNonSpace();
        if (token.is(TokenType.RIGHT_DELIMITER)) {
            return new Node.Call(name, null, word.start(), token.start());
        }
        tokens.back(token);
        Pipeline pipeline = pipelines.untilDelimiter("template clause");
        return new Node.Call(name, pipeline, word.start(), pipeline.end());
    }

    private Node.Call block(Token word) {
        String name = name("block clause");
        Pipeline pipeline = pipelines.untilDelimiter("block clause");
        define(name, templateBody("block clause"), word.start(), pipeline.end());
        return new Node.Call(name, pipeline, word.start(), pipeline.end());
    }

    private void definition(Token word) {
        String name = name("define clause");
        Token end = expect(TokenType.RIGHT_DELIMITER, "define clause", "the end of the action");
        define(name, templateBody("define clause"), word.start(), end.start());
    }

    /** The nodes of another template up to its end: variables and loops outside do not count inside. */
    private Block templateBody(String context) {
        List<String> variables = pipelines.isolate();
        int outerRanges = ranges;
        ranges = 0;
        var nodes = new ArrayList<Node>();
        Token end = body(nodes, context);
        if (!end.isKeyword("end")) {
            throw source.error(end.start(), end.end(), "unexpected {{else}} in " + context + ": expected {{end}}");
        }
        ranges = outerRanges;
        pipelines.restore(variables);
        return new Block(List.copyOf(nodes));
    }

    private void define(String name, Block block, int start, int end) {
        Block existing = templates.get(name);
        if (existing == null || existing.isBlank()) {
            templates.put(name, block);
        } else if (!block.isBlank()) {
            throw source.error(start, end, "multiple definition of template \"" + name + "\"");
        }
    }
}
