package dev.tidemark.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/** A record's headers as text: how a tombstone, which has no value, says more about itself. */
public final class HeaderTexts {

    private HeaderTexts() {}

    /** By name the last one; without those that have no value. */
    public static Map<String, String> of(Iterable<Header> headers) {
        Map<String, String> texts = new HashMap<>();
        headers.forEach(header -> {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), UTF_8));
            }
        });
        return Map.copyOf(texts);
    }
}
