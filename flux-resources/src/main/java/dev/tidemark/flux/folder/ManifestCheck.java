package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.schema.FieldSupport;
import dev.tidemark.flux.schema.Finding;
import dev.tidemark.flux.schema.SchemaCheck;
import dev.tidemark.flux.schema.Schemas;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.policies.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one object of a manifest against the definition of its kind, as an API server would. */
final class ManifestCheck {

    /** Of more unknown annotations on one object the first ones say enough; each costs a search for its line. */
    private static final int MOST_ANNOTATIONS = 20;

    /** Where a kind names something outside of the cluster. */
    private static final Map<Kind<?>, String> NAMES_OUTSIDE = Map.of(
            Kinds.IMAGE_REPOSITORY, "image", Kinds.GIT_REPOSITORY, "url", Kinds.RESOURCE_SET_INPUT_PROVIDER, "url");

    /** Shorter beginnings say too little. */
    private static final int SHORTEST_BEGINNING = 5;

    /** Kubernetes allows 253; a file name has 255 characters, and ours have an ending. */
    private static final int LONGEST_NAME = 240;

    private ManifestCheck() {}

    /** @param message names the object, the problem and the remedy */
    record Note(int line, String message) {}

    sealed interface Verdict {
        record Accepted(Resource<?> resource, List<Note> warnings) implements Verdict {}

        /** @param id null where it has no usable name */
        record Refused(@Nullable ResourceId id, List<Note> notes, List<Note> warnings) implements Verdict {}

        record NotServed(Severity severity, String message) implements Verdict {}
    }

    /** @param strict whether unknown members are an error */
    static Verdict check(ManifestDocument document, boolean strict) {
        JsonNode object = document.object();
        return switch (ResourceReader.read(object)) {
            case ResourceReader.Outcome.UnknownKind unknown -> notServed(unknown);
            case ResourceReader.Outcome.Invalid(String message, ResourceId id) ->
                id == null
                        ? new Verdict.Refused(null, List.of(new Note(document.line(), message)), List.of())
                        : refused(document, id, message);
            case ResourceReader.Outcome.Read(Resource<?> resource) ->
                resource.name().length() > LONGEST_NAME
                        ? tooLong(document, resource.id())
                        : read(document, resource, strict);
        };
    }

    private static Verdict tooLong(ManifestDocument document, ResourceId id) {
        String message = ResourceReader.title(id) + ": the name has "
                + id.name().length() + " characters; what is kept of it is a file, whose name has room for "
                + LONGEST_NAME + ": shorten it";
        return new Verdict.Refused(id, List.of(new Note(document.line(), message)), List.of());
    }

    /** The definition says it better than whoever tried to read the object, and with the line. */
    private static Verdict refused(ManifestDocument document, ResourceId id, String otherwise) {
        List<Finding> findings = findings(document, id.kind());
        List<Note> severe = notes(document, id, findings, true);
        if (document.object().hasNonNull("sops") || severe.isEmpty()) {
            return new Verdict.Refused(id, List.of(new Note(document.line(), otherwise)), List.of());
        }
        return new Verdict.Refused(id, severe, notes(document, id, findings, false));
    }

    private static Verdict read(ManifestDocument document, Resource<?> resource, boolean strict) {
        ResourceId id = resource.id();
        List<Finding> findings = findings(document, id.kind());
        List<Note> severe = new ArrayList<>(notes(document, id, findings, true));
        severe.addAll(annotations(document, resource));
        variables(document, resource).ifPresent(severe::add);
        List<Note> others = new ArrayList<>(notes(document, id, findings, false));
        document.repeated()
                .forEach((line, key) -> others.add(new Note(
                        line,
                        ResourceReader.title(id) + ": the field " + key
                                + " is written twice: this one counts, remove the other")));
        if (strict) {
            severe.addAll(others);
            others.clear();
        }
        others.addAll(notes(document, id, FieldSupport.leftOut(document.object(), resource.kind()), false));
        return severe.isEmpty() ? new Verdict.Accepted(resource, others) : new Verdict.Refused(id, severe, others);
    }

    private static List<Finding> findings(ManifestDocument document, String kindName) {
        Kind<?> kind = Kinds.of(document.object().path("apiVersion").asText(), kindName)
                .orElseThrow(() -> new IllegalStateException("only objects of known kinds are checked"));
        return SchemaCheck.check(document.object(), Schemas.of(kind), kind.equals(Kinds.SECRET));
    }

    private static List<Note> notes(ManifestDocument document, ResourceId id, List<Finding> findings, boolean severe) {
        return findings.stream()
                .filter(finding -> finding.severe() == severe)
                .map(finding -> note(document, id, finding))
                .toList();
    }

    private static Note note(ManifestDocument document, ResourceId id, Finding finding) {
        String remedy = finding.severe() ? ForeignDocuments.placeholder(at(document.object(), finding.path())) : null;
        return new Note(
                document.lines().of(finding.path()),
                ResourceReader.title(id) + ": " + (remedy == null ? finding.message() : remedy));
    }

    private static String at(JsonNode object, List<Object> path) {
        JsonNode here = object;
        for (Object step : path) {
            here = step instanceof Integer index ? here.path(index) : here.path(String.valueOf(step));
        }
        return here.isTextual() ? here.textValue() : "";
    }

    private static List<Note> annotations(ManifestDocument document, Resource<?> resource) {
        List<Note> notes = new ArrayList<>();
        resource.metadata().annotations().keySet().stream()
                .flatMap(name -> OwnAnnotations.problem(resource.kind(), name).stream()
                        .map(problem -> new Note(
                                document.lines().of(List.of("metadata", "annotations", name)),
                                ResourceReader.title(resource.id()) + ": " + problem)))
                .limit(MOST_ANNOTATIONS)
                .forEach(notes::add);
        return notes;
    }

    /** Nothing is called {@code ${VARIABLE}} outside; templates may say so, since what they make is filled in later. */
    private static Optional<Note> variables(ManifestDocument document, Resource<?> resource) {
        String member = NAMES_OUTSIDE.get(resource.kind());
        if (member == null) {
            return Optional.empty();
        }
        List<Object> path = List.of("spec", member);
        return Optional.ofNullable(ForeignDocuments.placeholder(at(document.object(), path)))
                .map(remedy -> new Note(
                        document.lines().of(path),
                        ResourceReader.title(resource.id()) + ": spec." + member + ": " + remedy));
    }

    private static Verdict notServed(ResourceReader.Outcome.UnknownKind unknown) {
        String group = group(unknown.apiVersion());
        List<Kind<?>> ours =
                Kinds.all().stream().filter(kind -> kind.group().equals(group)).toList();
        Optional<Kind<?>> meant =
                ours.stream().filter(kind -> kind.name().equals(unknown.kind())).findFirst();
        String what = unknown.kind() + ' ' + unknown.name() + " (" + unknown.apiVersion() + ')';
        if (meant.isPresent()) {
            return new Verdict.NotServed(
                    Severity.ERROR,
                    what + " is of a version that is not served: write "
                            + meant.get().apiVersion());
        }
        List<String> names = ours.stream().map(Kind::name).toList();
        return Spelling.nearest(unknown.kind(), names)
                .or(() -> abbreviated(unknown.kind(), names))
                .<Verdict>map(near ->
                        new Verdict.NotServed(Severity.ERROR, what + " is not a kind: did you mean " + near + "?"))
                .orElseGet(() -> new Verdict.NotServed(Severity.IGNORED, what + " is not a kind that Tidemark serves"));
    }

    /** {@code ImageRepo}: the beginning of one kind, and of no other. */
    private static Optional<String> abbreviated(String kind, List<String> names) {
        List<String> longer =
                names.stream().filter(name -> name.startsWith(kind)).toList();
        return kind.length() >= SHORTEST_BEGINNING && longer.size() == 1
                ? Optional.of(longer.getFirst())
                : Optional.empty();
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
