package dev.tidemark.policies.gate;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Spelling;
import dev.tidemark.policies.select.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the annotations of a policy ask for, as one gate: the first that holds something back is the answer.
 *
 * @param annotations the ones that were read, as written: equal annotations are equal gates
 */
public record Gates(List<Gate> list, Map<String, String> annotations) implements Gate {

    /** What all of our annotations begin with. */
    public static final String PREFIX = "tidemark.dev/";

    /** The one that people set and take away by command. */
    public static final String HOLD = Hold.ANNOTATION;

    /** Every gate that there is, in the order in which they are asked. */
    public static final List<Kind> ALL =
            List.of(AllowDowngrade.KIND, Hold.KIND, MinimumAge.KIND, Freeze.KIND, RequireDigestStable.KIND);

    private static final List<String> NAMES = ALL.stream().map(Kind::annotation).toList();

    /** Of a policy without annotations. */
    public static final Gates NONE =
            new Gates(ALL.stream().flatMap(kind -> kind.absent().stream()).toList(), Map.of());

    /** What became of the annotations of a resource. */
    public sealed interface Reading {
        record Valid(Gates gates) implements Reading {}

        /** Nothing is selected on a guess of what was meant. */
        record Invalid(List<Mistake> mistakes) implements Reading {}
    }

    /** @param remedy what to write instead */
    public record Mistake(String annotation, String value, String remedy) {
        public String sentence() {
            return "annotation " + annotation + " is '" + value + "': " + remedy;
        }
    }

    /** Reads those of a policy that selects one tag. Those of others are ignored, and so is an empty value. */
    public static Reading read(Map<String, String> annotations) {
        return read(annotations, kind -> Optional.empty());
    }

    /** Reads those of a policy that selects a list. */
    public static Reading readForList(Map<String, String> annotations) {
        return read(
                annotations,
                kind -> kind.appliesToLists()
                        ? Optional.empty()
                        : Optional.of("it is for ImagePolicies, which select one tag: remove it"));
    }

    private static Reading read(Map<String, String> annotations, Function<Kind, Optional<String>> objection) {
        Map<String, String> own = new TreeMap<>(annotations);
        own.keySet().removeIf(name -> !name.startsWith(PREFIX));
        List<Mistake> mistakes = new ArrayList<>();
        own.forEach((name, value) -> remedyOfUnknown(name)
                .ifPresent(remedy -> mistakes.add(new Mistake(name, value, "there is no such annotation: " + remedy))));
        own.keySet().retainAll(NAMES);
        own.values().removeIf(String::isBlank);
        List<Gate> gates = new ArrayList<>();
        for (Kind kind : ALL) {
            String value = own.get(kind.annotation());
            if (value == null) {
                kind.absent().ifPresent(gates::add);
            } else {
                switch (objection.apply(kind).map(Parsed::<Gate>malformed).orElseGet(() -> kind.parser()
                        .apply(value))) {
                    case Parsed.Value<Gate>(Gate gate) -> gates.add(gate);
                    case Parsed.Malformed<Gate>(String remedy) ->
                        mistakes.add(new Mistake(kind.annotation(), value, remedy));
                }
            }
        }
        return mistakes.isEmpty()
                ? new Reading.Valid(new Gates(List.copyOf(gates), Map.copyOf(own)))
                : new Reading.Invalid(List.copyOf(mistakes));
    }

    /**
     * What to write instead of an annotation that looks like ours and is none: misspelt, it would switch a protection off
     * in silence.
     */
    public static Optional<String> remedyOfUnknown(String name) {
        if (!name.startsWith(PREFIX) || NAMES.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(Spelling.nearest(name, NAMES)
                .map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", NAMES)));
    }

    /** These, behind one that is asked first. */
    public Gates behind(Gate first) {
        return new Gates(Stream.concat(Stream.of(first), list.stream()).toList(), annotations);
    }

    @Override
    public Admission candidate(Proposal proposal) {
        return first(gate -> gate.candidate(proposal));
    }

    @Override
    public boolean looksAtStep() {
        return list.stream().anyMatch(Gate::looksAtStep);
    }

    @Override
    public Optional<Order> order() {
        return list.stream().flatMap(gate -> gate.order().stream()).findFirst();
    }

    @Override
    public boolean abandons(Candidate published) {
        return list.stream().anyMatch(gate -> gate.abandons(published));
    }

    @Override
    public Admission descent(Descent descent) {
        return first(gate -> gate.descent(descent));
    }

    @Override
    public Admission publication(Publication publication) {
        return first(gate -> gate.publication(publication));
    }

    private Admission first(Function<Gate, Admission> question) {
        return list.stream()
                .map(question)
                .filter(HeldBack.class::isInstance)
                .findFirst()
                .orElse(Admission.ADMITTED);
    }
}
