package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceWriter;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.go.yaml.YamlBytes;
import dev.tidemark.go.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the documents of one manifest file: what they declare, and what is wrong with them. Never throws. */
final class ManifestReader {

    /** A manifest of this size is a mistake or an attack; the largest CRDs have half. */
    static final int MAX_CHARACTERS = 3_000_000;

    /** UTF-8 takes four bytes for a character at most. A larger file is not even read. */
    static final long MAX_BYTES = 4L * MAX_CHARACTERS;

    /** A file with more problems has one cause; the first ones lead to it. */
    private static final int MOST_PROBLEMS = 50;

    /** What of a text may be a value: where a Secret is written, it is not repeated. */
    private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'");

    private static final Pattern SECRET = Pattern.compile("\\bkind[\"']?\\s*:\\s*[\"']?Secret\\b");

    private final String file;
    private final boolean strict;
    private final Map<ResourceId, Declared> declared = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<ResourceId> refused = new LinkedHashSet<>();
    private boolean whole = true;
    private boolean hides;

    private ManifestReader(String file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    /**
     * @param where file and line
     * @param text the object as JSON, as it is declared; empty for a Secret
     */
    record Declared(Resource<?> resource, String where, String text) {}

    /**
     * @param refused objects that the file declares wrongly: of these what was read earlier stays in force
     * @param whole false if anything may hide behind what could not be read: then all that was read earlier stays
     * @param hides whether that may also be what was declared in another file until now
     */
    record Content(
            List<Declared> declared, List<Problem> problems, Set<ResourceId> refused, boolean whole, boolean hides) {

        Content with(List<Declared> others) {
            return new Content(others, problems, refused, whole, hides);
        }

        /** Whether the file says nothing certain of an object that came from it. */
        boolean isBlindTo(ResourceId id) {
            return !whole || refused.contains(id);
        }

        /** Nothing could be read. */
        static Content unreadable(Severity severity, String where, String why) {
            return new Content(
                    List.of(), List.of(new Problem(severity, where, why)), Set.of(), false, severity == Severity.ERROR);
        }

        /** What counts, when {@code before} is what counted before. */
        List<Declared> over(List<Declared> before) {
            Map<ResourceId, Declared> merged = new LinkedHashMap<>();
            for (Declared one : before) {
                if (!whole || refused.contains(one.resource().id())) {
                    merged.put(one.resource().id(), one);
                }
            }
            declared.forEach(one -> merged.put(one.resource().id(), one));
            return List.copyOf(merged.values());
        }
    }

    static Content read(String file, byte[] bytes, boolean strict) {
        try {
            return read(file, YamlBytes.decode(bytes), strict);
        } catch (YamlException otherEncoding) {
            return Content.unreadable(Severity.ERROR, file + ':' + otherEncoding.line(), otherEncoding.problem());
        }
    }

    static Content read(String file, String text, boolean strict) {
        if (text.length() > MAX_CHARACTERS) {
            return Content.unreadable(
                    Severity.ERROR,
                    file,
                    "has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read: split it");
        }
        ManifestReader reader = new ManifestReader(file, strict);
        try {
            for (ManifestDocument document : documents(text)) {
                reader.add(document);
            }
        } catch (YamlManifests.Broken broken) {
            return reader.broken(text, broken);
        }
        return new Content(
                List.copyOf(reader.declared.values()),
                reader.problems.size() <= MOST_PROBLEMS
                        ? List.copyOf(reader.problems)
                        : List.copyOf(reader.problems.subList(0, MOST_PROBLEMS)),
                Set.copyOf(reader.refused),
                reader.whole,
                reader.hides);
    }

    /** JSON has escapes that YAML reads otherwise; what looks like JSON and is none may be YAML all the same. */
    private static List<ManifestDocument> documents(String text) throws YamlManifests.Broken {
        List<ManifestDocument> json = text.stripLeading().startsWith("{") ? JsonManifests.read(text) : List.of();
        return json.isEmpty() ? YamlManifests.read(text) : json;
    }

    private Content broken(String text, YamlManifests.Broken broken) {
        String line = text.lines().skip(broken.line() - 1L).findFirst().orElse("");
        String remedy = ForeignDocuments.placeholder(line);
        String why = SECRET.matcher(text).find()
                ? QUOTED.matcher(broken.why()).replaceAll("'" + Redaction.MASK + "'")
                : broken.why();
        return Content.unreadable(
                Severity.ERROR,
                file + ':' + broken.line(),
                Redaction.ofUrls().apply(why) + (remedy == null ? "" : "; " + remedy));
    }

    private void add(ManifestDocument document) {
        JsonNode object = document.object();
        if (object.path("kind").asText().equals("List") && object.path("items").isArray()) {
            for (int i = 0; i < object.path("items").size(); i++) {
                add(document.item("items", i));
            }
            return;
        }
        ForeignDocuments.Foreign foreign = ForeignDocuments.recognise(file, object);
        if (foreign != null) {
            whole = false;
            hides |= foreign.severity() == Severity.ERROR;
            problem(foreign.severity(), document.line(), foreign.why(), null);
            return;
        }
        switch (ManifestCheck.check(document, strict)) {
            case ManifestCheck.Verdict.Accepted accepted -> {
                accept(document, accepted.resource());
                accepted.warnings()
                        .forEach(warning -> problem(
                                Severity.WARNING,
                                warning.line(),
                                warning.message(),
                                accepted.resource().id()));
            }
            case ManifestCheck.Verdict.Refused refusal -> {
                whole &= refusal.id() != null;
                hides |= refusal.id() == null;
                if (refusal.id() != null) {
                    refused.add(refusal.id());
                }
                refusal.notes().forEach(note -> problem(Severity.ERROR, note.line(), note.message(), refusal.id()));
                refusal.warnings()
                        .forEach(note -> problem(Severity.WARNING, note.line(), note.message(), refusal.id()));
            }
            case ManifestCheck.Verdict.NotServed not -> {
                // a kind that is misspelt was another one before
                hides |= not.severity() == Severity.ERROR;
                problem(not.severity(), document.line(), not.message(), null);
            }
        }
    }

    private void accept(ManifestDocument document, Resource<?> resource) {
        Declared first = declared.putIfAbsent(
                resource.id(),
                new Declared(
                        resource, file + ':' + document.line(), ResourceWriter.declared(document.object(), resource)));
        if (first != null) {
            problem(
                    Severity.ERROR,
                    document.line(),
                    ResourceReader.title(resource.id()) + " is declared at " + first.where()
                            + " already, which counts: remove one of the two",
                    null);
        }
    }

    private void problem(Severity severity, int line, String message, @Nullable ResourceId object) {
        problems.add(new Problem(severity, file + ':' + line, message, object));
    }
}
