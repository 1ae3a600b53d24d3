package dev.tidemark.gotemplates.parse;

import dev.tidemark.gotemplates.error.TemplateParseException;
import dev.tidemark.gotemplates.parse.Node.Command;
import dev.tidemark.gotemplates.parse.Node.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands inside an action: pipelines, commands, operands. Keeps the variables in scope. */
final class PipelineParser {
    private final Source source;
    private final TokenStream tokens;
    private final FunctionNames functions;
    private final Set<String> used = new LinkedHashSet<>();
    private final int nesting;
    private List<String> variables = new ArrayList<>(List.of("$"));
    private int parens;

    PipelineParser(Source source, TokenStream tokens, FunctionNames functions, int nesting) {
        this.source = source;
        this.tokens = tokens;
        this.functions = functions;
        this.nesting = nesting;
    }

    Set<String> used() {
        return used;
    }

    int variableCount() {
        return variables.size();
    }

    /** Forgets the variables declared since there were {@code count}. */
    void forgetTo(int count) {
        variables.subList(count, variables.size()).clear();
    }

    /** A new template sees no variable of the one around it. Returns those to give back to {@link #restore}. */
    List<String> isolate() {
        List<String> outer = variables;
        variables = new ArrayList<>(List.of("$"));
        return outer;
    }

    void restore(List<String> outer) {
        variables = outer;
    }

    /** A pipeline up to and with the end of the action. */
    Pipeline untilDelimiter(String context) {
        return pipeline(context, TokenType.RIGHT_DELIMITER);
    }

    private Pipeline pipeline(String context, TokenType end) {
        Token first = tokens.peekNonSpace();
        int start = first.start();
        var declared = new ArrayList<String>();
        boolean assigns = declarations(context, declared);
        var commands = new ArrayList<Command>();
        while (true) {
            Token token = tokens.nextNonSpace();
            if (token.is(end)) {
                check(context, commands, start, token);
                return new Pipeline(List.copyOf(declared), assigns, List.copyOf(commands), start, token.start());
            }
            switch (token.type()) {
                case BOOL, CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, NIL, RAW_STRING, STRING, VARIABLE, LEFT_PAREN -> {
                    tokens.back(token);
                    commands.add(command());
                }
                default -> throw unexpected(token, context, "an operand or the end of the action");
            }
        }
    }

    private void check(String context, List<Command> commands, int start, Token end) {
        if (commands.isEmpty()) {
            throw source.error(start, end.end(), "missing value for " + context + ": expected a pipeline");
        }
        for (int i = 1; i < commands.size(); i++) {
            switch (commands.get(i).operands().getFirst()) {
                case Operand.Bool o -> throw notExecutable(o, i);
                case Operand.Dot o -> throw notExecutable(o, i);
                case Operand.Nil o -> throw notExecutable(o, i);
                case Operand.Numeric o -> throw notExecutable(o, i);
                case Operand.Text o -> throw notExecutable(o, i);
                default -> {}
            }
        }
    }

    private TemplateParseException notExecutable(Operand operand, int index) {
        return source.error(
                operand.start(),
                operand.end(),
                "non executable command in pipeline stage " + (index + 1) + ": expected a function after \"|\"");
    }

    /** Reads {@code $x :=}, {@code $x =} and, for a range, {@code $i, $x :=}. Returns whether it assigns. */
    private boolean declarations(String context, List<String> declared) {
        while (true) {
            Token variable = tokens.peekNonSpace();
            if (!variable.is(TokenType.VARIABLE)) {
                return false;
            }
            tokens.nextNonSpace();
            Token after = tokens.next();
            Token next = after.is(TokenType.SPACE) ? tokens.next() : after;
            if (next.is(TokenType.ASSIGN) || next.is(TokenType.DECLARE)) {
                declared.add(variable.text());
                variables.add(variable.text());
                return next.is(TokenType.ASSIGN);
            }
            if (!next.is(TokenType.COMMA)) {
                tokens.back(next);
                if (after.is(TokenType.SPACE)) {
                    tokens.back(after);
                }
                tokens.back(variable);
                return false;
            }
            declared.add(variable.text());
            variables.add(variable.text());
            if (!context.equals("range") || declared.size() > 1) {
                throw source.error(
                        variable.start(), next.end(), "too many declarations in " + context + ": expected \":=\"");
            }
            if (!tokens.peekNonSpace().is(TokenType.VARIABLE)) {
                throw source.error(
                        variable.start(), next.end(), "range can only initialize variables: expected a variable");
            }
        }
    }

    private Command command() {
        int start = tokens.peekNonSpace().start();
        var operands = new ArrayList<Operand>();
        while (true) {
            tokens.back(tokens.nextNonSpace());
            Operand operand = operand();
            if (operand != null) {
                operands.add(operand);
            }
            int end = operands.isEmpty() ? start : operands.getLast().end();
            Token token = tokens.next();
            switch (token.type()) {
                case SPACE -> {
                    continue;
                }
                case RIGHT_DELIMITER, RIGHT_PAREN -> tokens.back(token);
                case PIPE -> {}
                default -> throw unexpected(token, "operand", "a blank, \"|\" or the end of the action");
            }
            if (operands.isEmpty()) {
                throw source.error(start, token.end(), "empty command: expected an operand");
            }
            return new Command(List.copyOf(operands), start, end);
        }
    }

    private @Nullable Operand operand() {
        Operand term = term();
        if (term == null || !tokens.peek().is(TokenType.FIELD)) {
            return term;
        }
        var names = new ArrayList<String>();
        while (tokens.peek().is(TokenType.FIELD)) {
            names.add(tokens.next().text().substring(1));
        }
        int end = tokens.lastEnd();
        return switch (term) {
            case Operand.Field field -> {
                names.addFirst(field.names().getFirst());
                yield new Operand.Field(List.copyOf(names), field.start(), end);
            }
            case Operand.Variable variable ->
                new Operand.Variable(variable.name(), List.copyOf(names), variable.start(), end);
            case Operand.Function function -> new Operand.Chain(function, List.copyOf(names), function.start(), end);
            case Operand.Parenthesised p -> new Operand.Chain(p, List.copyOf(names), p.start(), end);
            case Operand.Dot o -> throw noFields(o, end);
            case Operand.Nil o -> throw noFields(o, end);
            case Operand.Bool o -> throw noFields(o, end);
            case Operand.Text o -> throw noFields(o, end);
            case Operand.Numeric o -> throw noFields(o, end);
            case Operand.Chain o -> throw noFields(o, end);
        };
    }

    private TemplateParseException noFields(Operand operand, int end) {
        return source.error(operand.start(), end, "unexpected . after term: a constant has no fields");
    }

    private @Nullable Operand term() {
        Token token = tokens.nextNonSpace();
        int start = token.start();
        int end = token.end();
        String text = token.text();
        try {
            return switch (token.type()) {
                case IDENTIFIER -> new Operand.Function(function(token), start, end);
                case DOT -> new Operand.Dot(start, end);
                case NIL -> new Operand.Nil(start, end);
                case BOOL -> new Operand.Bool(text.equals("true"), start, end);
                case FIELD -> new Operand.Field(List.of(text.substring(1)), start, end);
                case VARIABLE -> new Operand.Variable(variable(token), List.of(), start, end);
                case NUMBER -> new Operand.Numeric(NumberLiteral.parse(text), start, end);
                case CHARACTER ->
                    new Operand.Numeric(NumberLiteral.ofCharacter(text, StringLiteral.character(text)), start, end);
                case STRING -> new Operand.Text(StringLiteral.string(text), start, end);
                case RAW_STRING -> new Operand.Text(StringLiteral.raw(text), start, end);
                case LEFT_PAREN -> parenthesised(token);
                default -> {
                    tokens.back(token);
                    yield null;
                }
            };
        } catch (IllegalArgumentException e) {
            throw source.error(start, end, String.valueOf(e.getMessage()));
        }
    }

    private Operand parenthesised(Token open) {
        if (++parens > nesting) {
            throw source.error(
                    open.start(),
                    open.end(),
                    "more than " + nesting + " parentheses inside each other (bound: nesting)");
        }
        Pipeline pipeline = pipeline("parenthesized pipeline", TokenType.RIGHT_PAREN);
        parens--;
        return new Operand.Parenthesised(pipeline, open.start(), tokens.lastEnd());
    }

    private String function(Token token) {
        String name = token.text();
        if (!functions.known().contains(name)) {
            String near = functions.nearest(name);
            throw source.error(
                    token.start(),
                    token.end(),
                    "function \"" + name + "\" not defined" + (near == null ? "" : "; did you mean \"" + near + "\"?"));
        }
        used.add(name);
        return name;
    }

    private String variable(Token token) {
        if (!variables.contains(token.text())) {
            throw source.error(
                    token.start(),
                    token.end(),
                    "undefined variable \"" + token.text() + "\": expected one declared before with \":=\"");
        }
        return token.text();
    }

    TemplateParseException unexpected(Token token, String context, String expected) {
        return source.error(
                token.start(),
                token.end(),
                (token.is(TokenType.END) ? "" : "unexpected ") + token.describe() + " in " + context + ": expected "
                        + expected);
    }
}
