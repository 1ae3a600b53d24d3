package dev.tidemark.go.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that is being made. */
final class ListFrame implements Frame {

    private final YamlNode.@Nullable Alias alias;
    private final List<YamlNode> nodes;
    private final List<@Nullable Object> list;
    private int next;

    ListFrame(YamlNode.@Nullable Alias alias, YamlNode.Sequence sequence) {
        this.alias = alias;
        this.nodes = sequence.children();
        this.list = new ArrayList<>(nodes.size());
    }

    @Override
    public YamlNode.@Nullable Alias alias() {
        return alias;
    }

    @Override
    public @Nullable YamlNode next() {
        return next < nodes.size() ? nodes.get(next++) : null;
    }

    @Override
    public void accept(@Nullable Object part) {
        list.add(part);
    }

    @Override
    public Object value() {
        return list;
    }

    @Override
    public @Nullable MapFrame mergesInto() {
        return null;
    }

    @Override
    public boolean merges() {
        return false;
    }
}
