package dev.tidemark.go.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens, one or a few ahead of the parser. Keeps the indentation of block collections and the places
 * where a key may have begun; what stands inside of a token is the matter of the scanners of each kind.
 */
final class Scanner {

    /** As Go bounds both, brackets and indentation. */
    static final int MAX_DEPTH = 10_000;

    private final Source source;
    private final Spaces spaces;
    private final PlainScalars plainScalars;
    private final QuotedScalars quotedScalars;
    private final BlockScalars blockScalars;
    private final Properties properties;
    private final Directives directives;
    private final TokenQueue tokens = new TokenQueue();
    /** Tokens that are scanned before one is given away. */
    private final int lookAhead;

    private final List<Integer> indents = new ArrayList<>();
    private int indent = -1;
    /** One for the block context and one for each open bracket. */
    private final List<SimpleKey> keys = new ArrayList<>();

    private boolean keyAllowed = true;
    private boolean ended;

    Scanner(Source source, YamlDialect dialect) {
        this.source = source;
        spaces = new Spaces(source, dialect);
        plainScalars = new PlainScalars(source);
        quotedScalars = new QuotedScalars(source);
        blockScalars = new BlockScalars(source);
        properties = new Properties(source);
        directives = new Directives(source, properties);
        // yaml.v3 looks ahead for comments; it shows in `[]: x`, which only yaml.v3 reads.
        lookAhead = dialect == YamlDialect.KYAML ? 3 : 1;
        keys.add(SimpleKey.none(null));
    }

    Token peek() {
        while (needsMore()) {
            fetch();
        }
        return tokens.first();
    }

    Token take() {
        Token token = peek();
        tokens.take();
        return token;
    }

    private boolean needsMore() {
        if (ended) {
            return false;
        }
        if (tokens.size() < lookAhead) {
            return true;
        }
        SimpleKey key = tokens.first().key;
        return key != null && isValid(key);
    }

    private boolean inFlow() {
        return keys.size() > 1;
    }

    private void fetch() {
        keyAllowed |= spaces.skipToToken(inFlow(), keyAllowed);
        closeBlocks(source.column());
        char c = source.peek();
        if (c == Chars.END) {
            end();
            return;
        }
        if (source.column() == 0 && c == '%') {
            resetBlock();
            tokens.add(directives.scan());
            return;
        }
        if (source.atDocumentIndicator()) {
            resetBlock();
            indicator(c == '-' ? Token.Kind.DOCUMENT_START : Token.Kind.DOCUMENT_END, 3);
            return;
        }
        content(c);
    }

    private void content(char c) {
        switch (c) {
            case '[' -> openBracket(Token.Kind.FLOW_SEQUENCE_START);
            case '{' -> openBracket(Token.Kind.FLOW_MAPPING_START);
            case ']' -> closeBracket(Token.Kind.FLOW_SEQUENCE_END);
            case '}' -> closeBracket(Token.Kind.FLOW_MAPPING_END);
            case ',' -> {
                forgetKey();
                keyAllowed = true;
                indicator(Token.Kind.FLOW_ENTRY, 1);
                spaces.afterToken();
            }
            case '*' -> {
                saveKey();
                add(properties.anchor(Token.Kind.ALIAS));
            }
            case '&' -> {
                saveKey();
                add(properties.anchor(Token.Kind.ANCHOR));
            }
            case '!' -> {
                saveKey();
                add(properties.tag());
            }
            case '\'', '"' -> {
                saveKey();
                add(quotedScalars.scan(c == '\''));
            }
            default -> indicatorOrScalar(c);
        }
    }

    private void indicatorOrScalar(char c) {
        boolean alone = Chars.isBlankOrEnd(source.peek(1));
        if (c == '-' && alone) {
            blockEntry();
        } else if (c == '?' && (inFlow() || alone)) {
            explicitKey();
        } else if (c == ':' && (inFlow() || alone)) {
            value();
        } else if ((c == '|' || c == '>') && !inFlow()) {
            forgetKey();
            keyAllowed = true;
            tokens.add(blockScalars.scan(indent));
        } else if (c == '|' || c == '>' || c == '%' || c == '@' || c == '`' || c == '\t') {
            throw source.error(
                    c == '\t'
                            ? "a tab stands where a line is indented: use blanks"
                            : "no value begins with '" + c + "': put the value in quotes");
        } else {
            saveKey();
            keyAllowed = false;
            Token token = plainScalars.scan(indent + 1, inFlow());
            keyAllowed |= token.brokeLine;
            addPlain(token);
        }
    }

    /** A token behind which no key may begin. */
    private void add(Token token) {
        keyAllowed = false;
        addPlain(token);
    }

    private void addPlain(Token token) {
        attachKey(token);
        tokens.add(token);
        if (!token.brokeLine) {
            spaces.afterToken();
        }
    }

    /** The token that is added now may turn out to begin a key. */
    private void attachKey(Token token) {
        SimpleKey key = keys.getLast();
        if (key.possible && key.number == tokens.nextNumber()) {
            token.key = key;
        }
    }

    private void indicator(Token.Kind kind, int length) {
        Token token = Token.at(source, kind);
        source.position += length;
        token.end = source.position;
        tokens.add(token);
    }

    private void end() {
        resetBlock();
        tokens.add(Token.at(source, Token.Kind.STREAM_END));
        ended = true;
    }

    private void resetBlock() {
        closeBlocks(-1);
        forgetKey();
        keyAllowed = false;
    }

    private void openBracket(Token.Kind kind) {
        saveKey();
        SimpleKey key = keys.getLast();
        Token bracket = Token.at(source, kind);
        if (key.possible && key.number == tokens.nextNumber()) {
            bracket.key = key;
        }
        keys.add(SimpleKey.none(bracket));
        if (keys.size() - 1 > MAX_DEPTH) {
            throw source.error("brackets are nested deeper than " + MAX_DEPTH);
        }
        keyAllowed = true;
        source.position++;
        bracket.end = source.position;
        tokens.add(bracket);
        spaces.afterToken();
    }

    private void closeBracket(Token.Kind kind) {
        forgetKey();
        if (inFlow()) {
            Token opener = keys.removeLast().opener;
            if (opener != null) {
                // Go forgets the key that an empty pair of brackets may be, if nothing else was scanned behind it.
                opener.key = null;
            }
        }
        keyAllowed = false;
        indicator(kind, 1);
        spaces.afterToken();
    }

    private void blockEntry() {
        if (!inFlow()) {
            if (!keyAllowed) {
                throw source.error("a list begins here where none may: '-' must stand on a line of its own entry");
            }
            openBlock(source.column(), null, Token.Kind.BLOCK_SEQUENCE_START);
        }
        forgetKey();
        keyAllowed = true;
        indicator(Token.Kind.BLOCK_ENTRY, 1);
    }

    private void explicitKey() {
        if (!inFlow()) {
            if (!keyAllowed) {
                throw source.error("a key ('?') is not allowed here");
            }
            openBlock(source.column(), null, Token.Kind.BLOCK_MAPPING_START);
        }
        forgetKey();
        keyAllowed = !inFlow();
        indicator(Token.Kind.KEY, 1);
        spaces.afterToken();
    }

    private void value() {
        SimpleKey key = keys.getLast();
        if (isValid(key)) {
            tokens.insert(key.number, new Token(Token.Kind.KEY, key.start, key.line, key.column));
            openBlock(key.column, key, Token.Kind.BLOCK_MAPPING_START);
            key.possible = false;
            keyAllowed = false;
        } else {
            if (!inFlow()) {
                if (!keyAllowed) {
                    throw source.error(
                            "a second ':' in one line, or a value deeper than its key: quote the text, or indent it");
                }
                openBlock(source.column(), null, Token.Kind.BLOCK_MAPPING_START);
            }
            keyAllowed = !inFlow();
        }
        indicator(Token.Kind.VALUE, 1);
        spaces.afterToken();
    }

    /** Begins a block collection if this column is deeper than the last one. */
    private void openBlock(int column, @Nullable SimpleKey key, Token.Kind kind) {
        if (inFlow() || indent >= column) {
            return;
        }
        indents.add(indent);
        indent = column;
        if (indents.size() > MAX_DEPTH) {
            throw source.error("lines are indented deeper than " + MAX_DEPTH + " levels");
        }
        if (key == null) {
            tokens.add(Token.at(source, kind));
        } else {
            tokens.insert(key.number, new Token(kind, key.start, key.line, key.column));
        }
    }

    private void closeBlocks(int column) {
        if (inFlow()) {
            return;
        }
        while (indent > column) {
            tokens.add(Token.at(source, Token.Kind.BLOCK_END));
            indent = indents.removeLast();
        }
    }

    private boolean isValid(SimpleKey key) {
        if (!key.possible) {
            return false;
        }
        if (key.line < source.line || source.isFurtherThan(SimpleKey.MAX_LENGTH, key.start)) {
            refuseIfRequired(key);
            key.possible = false;
            return false;
        }
        return true;
    }

    private void saveKey() {
        if (keyAllowed) {
            boolean required = !inFlow() && indent == source.column();
            SimpleKey key = SimpleKey.at(source, tokens.nextNumber(), required);
            forgetKey();
            keys.set(keys.size() - 1, key);
        }
    }

    private void forgetKey() {
        SimpleKey key = keys.getLast();
        if (key.possible) {
            refuseIfRequired(key);
            key.possible = false;
        }
    }

    private void refuseIfRequired(SimpleKey key) {
        if (key.required) {
            throw source.error("no ':' behind the key that begins here", key.line, key.column);
        }
    }
}
