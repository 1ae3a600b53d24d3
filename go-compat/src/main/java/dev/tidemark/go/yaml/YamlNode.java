package dev.tidemark.go.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a document with its place: a {@link YamlEvent.Scalar}, a collection, or an alias of one of them. */
public sealed interface YamlNode permits YamlEvent.Scalar, YamlNode.Collection, YamlNode.Alias {

    /** Where it begins; with its anchor and tag, if it has any. */
    Mark start();

    /** A map or a list. Compared by identity: it may hold an alias of itself. */
    abstract sealed class Collection implements YamlNode permits Mapping, Sequence {

        /** Most collections are small. */
        private static final int USUAL_SIZE = 4;

        private final Mark start;
        private final @Nullable String tag;
        private final List<YamlNode> children = new ArrayList<>(USUAL_SIZE);

        private Collection(Mark start, @Nullable String tag) {
            this.start = start;
            this.tag = tag;
        }

        void add(YamlNode child) {
            children.add(child);
        }

        @Override
        public Mark start() {
            return start;
        }

        /** In full; null where none is written. */
        public @Nullable String tag() {
            return tag;
        }

        /** Entries of a list; keys and values of a map in turns, as they are written, equal keys too. */
        public List<YamlNode> children() {
            return Collections.unmodifiableList(children);
        }
    }

    /** A map. */
    final class Mapping extends Collection {
        Mapping(Mark start, @Nullable String tag) {
            super(start, tag);
        }
    }

    /** A list. */
    final class Sequence extends Collection {
        Sequence(Mark start, @Nullable String tag) {
            super(start, tag);
        }
    }

    /** What an anchor names stands here again. Compared by identity. */
    final class Alias implements YamlNode {
        private final Mark start;
        private final String name;
        private final YamlNode target;

        Alias(Mark start, String name, YamlNode target) {
            this.start = start;
            this.name = name;
            this.target = target;
        }

        @Override
        public Mark start() {
            return start;
        }

        public String name() {
            return name;
        }

        /** A scalar or a collection. */
        public YamlNode target() {
            return target;
        }
    }
}
