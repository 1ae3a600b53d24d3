package dev.tidemark.go.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map that is being made. {@code <<} merges other maps: for {@link YamlDialect#KUBERNETES} where it stands, over the
 * keys before it; for {@link YamlDialect#KYAML} at the end, and only keys that are not there.
 */
final class MapFrame implements Frame {

    private static final String MERGE_KEY = "<<";

    private final ValueBuilder builder;
    private final boolean mergesLast;
    private final YamlNode.@Nullable Alias alias;
    private final YamlNode.Mapping mapping;
    private final List<YamlNode> nodes;
    private final boolean merged;
    private final boolean textKeys;
    private final Map<String, @Nullable Object> map;
    private final Deque<YamlNode> toMerge = new ArrayDeque<>();
    private @Nullable YamlNode mergeLater;
    private int next;
    private String key = "";
    private boolean merging;

    MapFrame(
            ValueBuilder builder,
            YamlDialect dialect,
            YamlNode.@Nullable Alias alias,
            YamlNode.Mapping mapping,
            @Nullable MapFrame into) {
        this.builder = builder;
        this.mergesLast = dialect == YamlDialect.KYAML;
        this.alias = alias;
        this.mapping = mapping;
        this.nodes = mapping.children();
        this.merged = into != null;
        this.map = into == null ? new LinkedHashMap<>() : into.map;
        if (mergesLast) {
            refuseEqualKeys();
            this.textKeys = into == null ? builder.hasTextKeys(mapping) : into.textKeys;
        } else {
            this.textKeys = false;
        }
    }

    private void refuseEqualKeys() {
        Set<String> seen = HashSet.newHashSet(nodes.size() / 2);
        for (int i = 0; i < nodes.size(); i += 2) {
            YamlNode node = nodes.get(i);
            String written =
                    switch (node) {
                        case YamlEvent.Scalar scalar -> scalar.value();
                        case YamlNode.Alias used -> "*" + used.name();
                        case YamlNode.Mapping map -> "{";
                        case YamlNode.Sequence list -> "[";
                    };
            if (!seen.add((node instanceof YamlEvent.Scalar ? "=" : "") + written)) {
                throw ValueBuilder.error(node, "the key '" + written + "' is there twice: remove one");
            }
        }
    }

    @Override
    public @Nullable YamlNode next() {
        while (toMerge.isEmpty() && next < nodes.size()) {
            YamlNode keyNode = nodes.get(next);
            YamlNode valueNode = nodes.get(next + 1);
            next += 2;
            if (!isMerge(keyNode)) {
                String name = merged && textKeys ? builder.keyAsWritten(keyNode) : builder.key(keyNode);
                if (name != null && !(mergesLast && merged && map.containsKey(name))) {
                    key = name;
                    merging = false;
                    return valueNode;
                }
            } else if (mergesLast) {
                mergeLater = valueNode;
            } else {
                planMerge(valueNode);
            }
        }
        if (toMerge.isEmpty() && mergeLater != null) {
            if (!merged) {
                builder.countAgain(mapping);
            }
            planMerge(mergeLater);
            mergeLater = null;
        }
        merging = !toMerge.isEmpty();
        return toMerge.poll();
    }

    private void planMerge(YamlNode value) {
        if (value instanceof YamlNode.Sequence several) {
            for (YamlNode one : several.children()) {
                planOne(one);
            }
        } else {
            planOne(value);
        }
    }

    /** Of several maps the first wins: it is merged last where later keys replace earlier ones. */
    private void planOne(YamlNode node) {
        YamlNode target = node instanceof YamlNode.Alias used ? used.target() : node;
        if (!(target instanceof YamlNode.Mapping)) {
            throw ValueBuilder.error(node, "'<<' merges a map or a list of maps, and this is neither");
        }
        if (mergesLast) {
            toMerge.add(node);
        } else {
            toMerge.push(node);
        }
    }

    static boolean isMerge(YamlNode node) {
        if (!(node instanceof YamlEvent.Scalar scalar) || !scalar.value().equals(MERGE_KEY)) {
            return false;
        }
        String tag = scalar.tag();
        return scalar.untyped() || Tags.MERGE.equals(tag) || Tags.NONE.equals(tag);
    }

    @Override
    public YamlNode.@Nullable Alias alias() {
        return alias;
    }

    @Override
    public void accept(@Nullable Object part) {
        map.put(key, part);
    }

    @Override
    public Object value() {
        return map;
    }

    @Override
    public @Nullable MapFrame mergesInto() {
        return merging ? this : null;
    }

    @Override
    public boolean merges() {
        return merged;
    }
}
