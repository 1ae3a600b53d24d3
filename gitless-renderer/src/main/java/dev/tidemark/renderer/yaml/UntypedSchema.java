package dev.tidemark.renderer.yaml;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** Leaves unquoted scalars without a type, so that the reader can type them by YAML 1.1. */
final class UntypedSchema implements Schema {

    /** Unquoted and without an explicit tag. */
    static final Tag PLAIN = new Tag("tidemark:plain");

    @Override
    public ScalarResolver getScalarResolver() {
        return (text, plain) -> plain ? PLAIN : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }
}
