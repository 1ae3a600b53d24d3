package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot.Problem;
import dev.tidemark.flux.ResourceSnapshot.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads the documents of one manifest file. */
final class ManifestReader {

    /** A manifest of this size is a mistake or an attack; the largest CRDs have half. */
    static final int MAX_CHARACTERS = 3_000_000;

    /** UTF-8 takes four bytes for a character at most. A larger file is not even read. */
    static final long MAX_BYTES = 4L * MAX_CHARACTERS;

    /** Manifests hardly use aliases; each can multiply what it names. */
    private static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setSchema(new CoreSchema())
            .build();

    private ManifestReader() {}

    record Content(List<Resource<?>> resources, List<Problem> problems) {
        /** Whether all of the text could be read; else what was read from the file earlier stays in force. */
        boolean whole() {
            return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        }
    }

    static Content read(String file, String text) {
        if (text.length() > MAX_CHARACTERS) {
            String message = "has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read";
            return new Content(List.of(), List.of(new Problem(Severity.ERROR, file, message)));
        }
        List<Resource<?>> resources = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                Object value = new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node));
                if (value != null) {
                    add(file + ":" + line, FluxJson.json().valueToTree(value), resources, problems);
                }
            }
            return new Content(resources, problems);
        } catch (YamlEngineException | IllegalArgumentException | StackOverflowError broken) {
            // an IllegalArgumentException is what has no JSON form: too deep, a list inside itself, a key that is null
            return new Content(List.of(), List.of(new Problem(Severity.ERROR, where(file, broken), explain(broken))));
        }
    }

    private static void add(String where, JsonNode object, List<Resource<?>> resources, List<Problem> problems) {
        if (object.path("kind").asText().equals("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> add(where, item, resources, problems));
            return;
        }
        switch (ResourceReader.read(object)) {
            case ResourceReader.Outcome.Read read -> resources.add(read.resource());
            case ResourceReader.Outcome.Invalid invalid ->
                problems.add(new Problem(Severity.ERROR, where, invalid.message()));
            case ResourceReader.Outcome.UnknownKind unknown ->
                problems.add(new Problem(
                        Severity.IGNORED,
                        where,
                        unknown.kind() + " " + unknown.name() + " (" + unknown.apiVersion()
                                + ") is not a kind that Tidemark serves"));
        }
    }

    private static String where(String file, Throwable broken) {
        if (broken instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            return file + ":" + (marked.getProblemMark().get().getLine() + 1);
        }
        return file;
    }

    private static String explain(Throwable broken) {
        if (broken instanceof MarkedYamlEngineException marked) {
            return "not valid YAML: " + marked.getProblem();
        }
        return switch (broken) {
            case StackOverflowError tooDeep -> "not readable: nested too deeply";
            case IllegalArgumentException noJson -> "not readable as a manifest: " + firstLine(noJson.getMessage());
            default -> "not valid YAML: " + broken.getMessage();
        };
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
