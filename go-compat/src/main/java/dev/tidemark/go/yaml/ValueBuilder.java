package dev.tidemark.go.yaml;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the values of one document. Nesting takes heap, not stack. */
final class ValueBuilder {

    /** What is a collection gets its value later. */
    private static final Object LATER = new Object();

    private final YamlDialect dialect;
    private final int maxDepth;
    private final ScalarResolver resolver;
    private final AliasBudget budget = new AliasBudget();
    private final Set<YamlNode.Alias> expanding = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Frame> frames = new ArrayDeque<>();
    private YamlEvent.@Nullable Scalar infinite;

    ValueBuilder(YamlDialect dialect, int maxDepth) {
        this.dialect = dialect;
        this.maxDepth = maxDepth;
        this.resolver = new ScalarResolver(dialect);
    }

    @Nullable
    Object build(YamlNode root) {
        Object value = expandedValue(root);
        if (infinite != null && Infinite.isIn(value)) {
            throw error(infinite, "'" + infinite.value() + "' is a number that JSON lacks: put it in quotes");
        }
        return value;
    }

    private @Nullable Object expandedValue(YamlNode root) {
        budget.count(root);
        Object value = begin(root, null);
        while (!frames.isEmpty()) {
            Frame frame = frames.element();
            YamlNode child = frame.next();
            if (child != null) {
                Object part = begin(child, frame.mergesInto());
                if (part != LATER) {
                    frame.accept(part);
                }
            } else {
                frames.pop();
                end(frame.alias());
                value = frame.value();
                if (!frames.isEmpty() && !frame.merges()) {
                    frames.element().accept(value);
                }
            }
        }
        return value;
    }

    private @Nullable Object begin(YamlNode written, @Nullable MapFrame mergesInto) {
        budget.count(written);
        YamlNode.Alias alias = null;
        YamlNode node = written;
        if (written instanceof YamlNode.Alias used) {
            alias = used;
            node = expand(used);
        }
        Frame frame =
                switch (node) {
                    case YamlEvent.Scalar scalar -> null;
                    case YamlNode.Sequence sequence -> new ListFrame(alias, sequence);
                    case YamlNode.Mapping mapping -> new MapFrame(this, dialect, alias, mapping, mergesInto);
                    case YamlNode.Alias again -> throw error(again, "an alias names an alias");
                };
        if (frame == null) {
            end(alias);
            return json((YamlEvent.Scalar) node);
        }
        frames.push(frame);
        if (frames.size() > maxDepth) {
            throw error(written, "collections are nested deeper than " + maxDepth);
        }
        return LATER;
    }

    private YamlNode expand(YamlNode.Alias alias) {
        if (!expanding.add(alias)) {
            throw error(alias, "the value of the anchor '" + alias.name() + "' contains itself");
        }
        budget.enterAlias();
        budget.count(alias);
        return alias.target();
    }

    private void end(YamlNode.@Nullable Alias alias) {
        if (alias != null) {
            budget.leaveAlias();
            expanding.remove(alias);
        }
    }

    /** Go decodes the keys of a map once more where it merges another into it. */
    void countAgain(YamlNode.Mapping mapping) {
        for (int i = 0; i < mapping.children().size(); i += 2) {
            budget.count(mapping);
        }
    }

    /** Whether all keys are text; yaml.v3 makes a map for texts of it, and keys that are merged in stay as written. */
    boolean hasTextKeys(YamlNode.Mapping mapping) {
        for (int i = 0; i < mapping.children().size(); i += 2) {
            YamlNode written = mapping.children().get(i);
            YamlNode key = written instanceof YamlNode.Alias alias ? alias.target() : written;
            if (!(key instanceof YamlEvent.Scalar scalar && (MapFrame.isMerge(scalar) || resolver.isText(scalar)))) {
                return false;
            }
        }
        return true;
    }

    /** A key as it is written; null for a key that is null. */
    @Nullable
    String keyAsWritten(YamlNode written) {
        YamlNode node = keyNode(written);
        if (!(node instanceof YamlEvent.Scalar scalar)) {
            throw error(written, "a key must be text");
        }
        return resolver.resolve(scalar) == null ? null : scalar.value();
    }

    private YamlNode keyNode(YamlNode written) {
        budget.count(written);
        if (!(written instanceof YamlNode.Alias alias)) {
            return written;
        }
        YamlNode node = expand(alias);
        end(alias);
        return node;
    }

    /** The text of a key, as JSON has it. */
    String key(YamlNode written) {
        YamlNode node = keyNode(written);
        Object key = node instanceof YamlEvent.Scalar scalar ? resolver.resolve(scalar) : null;
        return switch (key) {
            case String text -> text;
            case Boolean bool -> bool.toString();
            case Long number -> number.toString();
            case Double number -> YamlNumbers.key(number);
            case null, default -> throw error(written, "a key must be text, a number or a boolean: put it in quotes");
        };
    }

    private @Nullable Object json(YamlEvent.Scalar scalar) {
        Object value = resolver.resolve(scalar);
        return switch (value) {
            case Double number -> {
                if (!Double.isFinite(number)) {
                    infinite = scalar;
                }
                yield YamlNumbers.asJson(number);
            }
            case BigInteger number -> number.doubleValue();
            case Timestamp time -> time.rfc3339();
            case null, default -> value;
        };
    }

    static YamlException error(YamlNode node, String problem) {
        return new YamlException(problem, node.start().line(), node.start().column());
    }
}
