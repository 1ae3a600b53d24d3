package dev.tidemark.policies.decide;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the annotations of a policy ask for.
 *
 * @param annotations the ones that were read, as written: equal annotations are equal rules
 */
public record Rules(
        DowngradeRule downgrade,
        Optional<MinimumAge> minimumAge,
        Optional<Hold> hold,
        List<FreezeWindow> freeze,
        Map<String, String> annotations) {

    public static final String ALLOW_DOWNGRADE = "tidemark.dev/allow-downgrade";
    public static final String MINIMUM_AGE = "tidemark.dev/minimum-age";
    public static final String HOLD = "tidemark.dev/hold";
    public static final String FREEZE = "tidemark.dev/freeze";

    /** What all of our annotations begin with. */
    public static final String PREFIX = "tidemark.dev/";

    /** All annotations of ours. */
    public static final List<String> NAMES = List.of(ALLOW_DOWNGRADE, MINIMUM_AGE, HOLD, FREEZE);

    /** No annotations. */
    public static final Rules NONE =
            new Rules(DowngradeRule.CONFIRMED, Optional.empty(), Optional.empty(), List.of(), Map.of());

    /** What became of the annotations of a resource. */
    public sealed interface Reading {
        record Valid(Rules rules) implements Reading {}

        /** Nothing is selected on a guess of what was meant. */
        record Invalid(List<Mistake> mistakes) implements Reading {}
    }

    /** @param remedy what to write instead */
    public record Mistake(String annotation, String value, String remedy) {}

    /**
     * Reads the annotations above. An unknown one that looks like ours is a mistake: misspelt, it would switch a
     * protection off in silence. All others are ignored, and so is an empty value.
     */
    public static Reading read(Map<String, String> annotations) {
        Map<String, String> own = new TreeMap<>(annotations);
        own.keySet().removeIf(name -> !name.startsWith(PREFIX));
        List<Mistake> mistakes = new ArrayList<>();
        own.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                mistakes.add(new Mistake(name, value, "there is no such annotation: " + remedy(name)));
            }
        });
        own.keySet().retainAll(NAMES);
        own.values().removeIf(String::isBlank);
        Rules rules = new Rules(
                read(own, ALLOW_DOWNGRADE, DowngradeRule::parse, mistakes).orElse(DowngradeRule.CONFIRMED),
                read(own, MINIMUM_AGE, MinimumAge::parse, mistakes),
                read(own, HOLD, Hold::parse, mistakes),
                read(own, FREEZE, FreezeWindow::parseAll, mistakes).orElse(List.of()),
                Map.copyOf(own));
        return mistakes.isEmpty() ? new Reading.Valid(rules) : new Reading.Invalid(List.copyOf(mistakes));
    }

    /** What to write instead of an annotation that there is not. */
    public static String remedy(String unknown) {
        return Spelling.nearest(unknown, NAMES)
                .map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", NAMES));
    }

    private static <T> Optional<T> read(
            Map<String, String> own, String name, Function<String, Parsed<T>> parser, List<Mistake> mistakes) {
        String value = own.get(name);
        return value == null
                ? Optional.empty()
                : switch (parser.apply(value)) {
                    case Parsed.Value<T>(T parsed) -> Optional.of(parsed);
                    case Parsed.Malformed<T>(String remedy) -> {
                        mistakes.add(new Mistake(name, value, remedy));
                        yield Optional.empty();
                    }
                };
    }
}
