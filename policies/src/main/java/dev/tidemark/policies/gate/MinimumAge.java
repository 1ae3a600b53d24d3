package dev.tidemark.policies.gate;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.WrittenDuration;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tidemark.dev/minimum-age}: how long a tag must have been known before it is selected.
 *
 * <p>Either one duration ({@code 24h}) or one per kind of step from the selected version ({@code
 * major=72h,minor=24h,patch=1h,other=24h}); kinds that are not named need no age. {@code other} is for
 * everything that is no plain step between two versions; without it such a step waits as long as the
 * longest named one, because nobody can say how big it is. The first selection has no step: it counts as
 * {@code other} too.
 *
 * <p>Age is counted from when Tidemark first saw the tag, never from a date that the image carries. A tag
 * of unknown age (it was there before the first scan) is old enough.
 */
public record MinimumAge(Map<VersionStep, Duration> byStep, Duration other) implements Gate {

    public static final String ANNOTATION = "tidemark.dev/minimum-age";

    private static final HeldBack.Reason TOO_YOUNG = new HeldBack.Reason("TooYoung", "TOO_YOUNG");

    static final Kind KIND = new Kind(ANNOTATION, MinimumAge::parse, false, Optional.empty(), List.of(TOO_YOUNG));

    private static final Set<VersionStep> NAMED =
            EnumSet.of(VersionStep.MAJOR, VersionStep.MINOR, VersionStep.PATCH, VersionStep.PRE_RELEASE);

    private static final String SYNTAX =
            "write a duration such as 24h, or durations by kind of step such as major=72h,minor=24h,patch=1h";

    private static Parsed<Gate> parse(String text) {
        if (text.indexOf('=') < 0) {
            return duration(text).map(age -> new MinimumAge(Map.of(), age));
        }
        Map<VersionStep, Duration> byStep = new EnumMap<>(VersionStep.class);
        Optional<Duration> other = Optional.empty();
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            String kind = equals < 0 ? "" : item.substring(0, equals).strip();
            if (!(duration(item.substring(equals + 1)) instanceof Parsed.Value<Duration>(Duration age))) {
                return Parsed.malformed(SYNTAX);
            }
            boolean first =
                    switch (kind) {
                        case "major" -> byStep.put(VersionStep.MAJOR, age) == null;
                        case "minor" -> byStep.put(VersionStep.MINOR, age) == null;
                        case "patch" -> byStep.put(VersionStep.PATCH, age) == null;
                        case "prerelease" -> byStep.put(VersionStep.PRE_RELEASE, age) == null;
                        case "other" -> {
                            boolean unset = other.isEmpty();
                            other = Optional.of(age);
                            yield unset;
                        }
                        default -> false;
                    };
            if (!first) {
                return Parsed.malformed(SYNTAX + "; kinds are major, minor, patch, prerelease, other, each once");
            }
        }
        NAMED.forEach(kind -> byStep.putIfAbsent(kind, Duration.ZERO));
        Duration longest = Collections.max(byStep.values());
        return Parsed.of(new MinimumAge(Collections.unmodifiableMap(byStep), other.orElse(longest)));
    }

    private static Parsed<Duration> duration(String text) {
        return WrittenDuration.parse(text.strip())
                .flatMap(age -> age.isNegative() ? Parsed.malformed(SYNTAX) : Parsed.of(age));
    }

    @Override
    public Admission candidate(Proposal proposal) {
        if (proposal.isPublished()) {
            return Admission.ADMITTED;
        }
        Duration age = looksAtStep() ? byStep.getOrDefault(proposal.step(), other) : other;
        return proposal.facts()
                .firstSeen()
                .flatMap(seen -> HeldBack.endOf(age, seen, proposal.now()))
                .<Admission>map(ripe -> tooYoung(proposal.candidate().tag(), ripe))
                .orElse(Admission.ADMITTED);
    }

    @Override
    public boolean looksAtStep() {
        return !byStep.isEmpty();
    }

    private static HeldBack tooYoung(String tag, Instant ripe) {
        return HeldBack.until(ripe, TOO_YOUNG, tag + " is too young until " + ripe);
    }
}
