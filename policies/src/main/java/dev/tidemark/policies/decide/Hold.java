package dev.tidemark.policies.decide;

import dev.tidemark.policies.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code tidemark.dev/hold}: {@code 1.4.2} stays on (or goes to) that version until the annotation is
 * removed; {@code !1.5.0,!1.5.1} never selects those. A version is named by its tag or by what the
 * policy's filter extracts from the tag.
 */
public sealed interface Hold {

    record StayOn(String version) implements Hold {
        /** @param value what the policy's filter extracts from the tag, if it lets the tag through */
        public boolean names(String tag, Optional<String> value) {
            return version.equals(tag) || value.filter(version::equals).isPresent();
        }
    }

    record Skip(List<String> versions) implements Hold {
        /** @param value what the policy's filter extracts from the tag, if it lets the tag through */
        public boolean names(String tag, Optional<String> value) {
            return versions.contains(tag) || value.filter(versions::contains).isPresent();
        }
    }

    static Parsed<Hold> parse(String text) {
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        boolean skips = items.stream().allMatch(item -> item.startsWith("!"));
        List<String> versions = items.stream()
                .map(item -> skips ? item.substring(1).strip() : item)
                .toList();
        boolean wellFormed = (skips || versions.size() == 1)
                && versions.stream().noneMatch(version -> version.isEmpty() || version.startsWith("!"));
        if (!wellFormed) {
            return Parsed.malformed("write the one version to stay on, such as 1.4.2,"
                    + " or the versions to skip, such as !1.5.0,!1.5.1");
        }
        return Parsed.of(skips ? new Skip(versions) : new StayOn(versions.getFirst()));
    }
}
