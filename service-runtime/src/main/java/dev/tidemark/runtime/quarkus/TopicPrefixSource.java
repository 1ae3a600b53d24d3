package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.log.TopicNames;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says what {@code tidemark.topic-prefix} is, also where nobody set it: the channels name it in their settings, which
 * cannot choose by the cluster's name.
 */
public final class TopicPrefixSource implements ConfigSourceFactory {

    private static final String PREFIX = "tidemark.topic-prefix";
    private static final String CLUSTER = "tidemark.cluster";

    /** Above all others: what they say is in it already, and an empty value of theirs means none. */
    private static final int ORDINAL = Integer.MAX_VALUE;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String prefix = TopicNames.of(value(context, CLUSTER).orElse(TopicNames.FIRST_CLUSTER), value(context, PREFIX))
                .prefix();
        return List.of(new PropertiesConfigSource(Map.of(PREFIX, prefix), "the cluster's topics", ORDINAL));
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        ConfigValue found = context.getValue(name);
        return found == null
                ? Optional.empty()
                : Optional.ofNullable(found.getValue()).filter(text -> !text.isBlank());
    }
}
