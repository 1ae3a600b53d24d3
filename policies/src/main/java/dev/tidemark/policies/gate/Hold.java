package dev.tidemark.policies.gate;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.select.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code tidemark.dev/hold}: {@code 1.4.2} stays on (or goes to) that version until the annotation is
 * removed; {@code !1.5.0,!1.5.1} never selects those. A version is named by its tag or by what the
 * policy's filter extracts from the tag.
 */
public sealed interface Hold extends Gate {

    String ANNOTATION = "tidemark.dev/hold";

    /** Another version is ordered. */
    HeldBack.Reason HELD = new HeldBack.Reason("Held", "HELD");

    /** A version that is never selected. */
    HeldBack.Reason SKIPPED = new HeldBack.Reason("Held", "SKIPPED");

    Kind KIND = new Kind(ANNOTATION, Hold::parse, false, Optional.empty(), List.of(HELD, SKIPPED));

    /** An order: it goes there also downwards and in a freeze. */
    record StayOn(String version) implements Hold, Order {

        @Override
        public Optional<Order> order() {
            return Optional.of(this);
        }

        @Override
        public boolean names(Candidate candidate) {
            return version.equals(candidate.tag()) || version.equals(candidate.value());
        }

        @Override
        public HeldBack waits(Optional<String> choice) {
            return HeldBack.of(
                    HELD,
                    "held on " + version
                            + choice.map(other -> "; " + other + " waits for the release")
                                    .orElse(""));
        }
    }

    record Skip(List<String> versions) implements Hold {

        @Override
        public Admission candidate(Proposal proposal) {
            return names(proposal.candidate())
                    ? HeldBack.of(SKIPPED, proposal.candidate().tag() + " is skipped by " + ANNOTATION)
                    : Admission.ADMITTED;
        }

        @Override
        public boolean abandons(Candidate published) {
            return names(published);
        }

        private boolean names(Candidate candidate) {
            return versions.contains(candidate.tag()) || versions.contains(candidate.value());
        }
    }

    private static Parsed<Gate> parse(String text) {
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
