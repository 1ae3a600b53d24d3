package dev.tidemark.flux.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceWriter;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a folder source knows over restarts, below one folder: the objects in force, a file for each manifest; the deletions
 * that took effect, a line each; those that wait. Several processes may share it: each writes what follows from the same
 * manifests, so whoever is last changes nothing. Secrets and
 * passwords in URLs are not stored: of what holds them only the rest is.
 */
final class InForceStore {

    private static final System.Logger LOG = System.getLogger(InForceStore.class.getName());

    private static final String OBJECTS = "objects";
    private static final String ENDING = "*.json";
    private static final String DELETED = "deleted.jsonl";
    private static final String HELD = "held.txt";

    private final @Nullable Path folder;

    /** @param folder need not exist; null to keep nothing */
    InForceStore(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * An object that was deleted.
     *
     * @param confirmed whether somebody said so by name: then it is no loss that may be a mistake
     */
    record Deletion(ResourceId id, int incarnation, Instant at, boolean confirmed) {}

    /** What was in force when somebody last wrote it down. What cannot be read any more is not among it. */
    List<ObjectInForce> objects() {
        List<ObjectInForce> objects = new ArrayList<>();
        try {
            files().forEach(file -> read(file, objects));
        } catch (IOException unreadable) {
            warn(Objects.requireNonNull(folder), unreadable);
        }
        return objects;
    }

    private static void read(Path file, List<ObjectInForce> into) {
        try {
            JsonNode stored = FluxJson.json().readTree(Files.readString(file));
            Path manifest = Path.of(stored.path("file").asText());
            for (JsonNode one : stored.path("objects")) {
                if (ResourceReader.read(one.path("object")) instanceof ResourceReader.Outcome.Read read) {
                    into.add(new ObjectInForce(
                            read.resource(),
                            manifest,
                            one.path("where").asText(),
                            one.path("incarnation").asInt(),
                            ResourceWriter.declared(one.path("object"), read.resource()),
                            one.path("withheld").asBoolean()));
                }
            }
        } catch (IOException | RuntimeException broken) {
            warn(file, broken);
        }
    }

    /** The files of {@link #objects}, one for each manifest. */
    List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder.resolve(OBJECTS))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(OBJECTS), ENDING)) {
                files.forEach(all::add);
            } catch (DirectoryIteratorException unreadable) {
                throw unreadable.getCause();
            }
        }
        return all;
    }

    /** The objects in one of the files, as they are written there; none where it cannot be read any more. */
    static List<Tree> trees(Path file) {
        try {
            return Tree.parse(Files.readString(file)).trees("objects").stream()
                    .map(one -> one.tree("object"))
                    .toList();
        } catch (IOException | IllegalArgumentException replacedOrBroken) {
            return List.of();
        }
    }

    /** The objects of one manifest; none: it is forgotten. */
    void write(Path manifest, Collection<ObjectInForce> objects) {
        if (folder == null) {
            return;
        }
        Path file = folder.resolve(OBJECTS).resolve(name(manifest));
        try {
            if (objects.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                ReplacedFile.write(file, text(manifest, objects));
            }
        } catch (IOException unwritable) {
            warn(file, unwritable);
        }
    }

    private static String name(Path manifest) {
        return UUID.nameUUIDFromBytes(manifest.toString().getBytes(StandardCharsets.UTF_8)) + ".json";
    }

    private static String text(Path manifest, Collection<ObjectInForce> objects) throws JsonProcessingException {
        ObjectNode stored = FluxJson.json().createObjectNode();
        stored.put("file", manifest.toString());
        ArrayNode all = stored.putArray("objects");
        for (ObjectInForce object : objects) {
            ObjectNode one = all.addObject();
            one.put("where", object.where());
            one.put("incarnation", object.incarnation());
            JsonNode whole = ResourceWriter.write(object.resource(), object.text());
            JsonNode shown = withoutPasswords(whole);
            one.put("withheld", object.resource().kind().equals(Kinds.SECRET) || !shown.equals(whole));
            one.set("object", shown);
        }
        return FluxJson.json().writeValueAsString(stored);
    }

    /** Value by value: what looks like a credential may not reach from one into the next. */
    private static JsonNode withoutPasswords(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = FluxJson.json().createObjectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), withoutPasswords(member.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = FluxJson.json().createArrayNode();
                array.forEach(item -> copy.add(withoutPasswords(item)));
                yield copy;
            }
            case TextNode text -> TextNode.valueOf(Redaction.ofUrls().applyToAll(text.textValue()));
            default -> node;
        };
    }

    /** Every deletion that took effect; several of one name where it was declared again. */
    List<Deletion> deletions() {
        List<Deletion> deletions = new ArrayList<>();
        for (String line : lines(DELETED)) {
            try {
                JsonNode one = FluxJson.json().readTree(line);
                deletions.add(new Deletion(
                        ResourceId.parse(one.path("id").asText()),
                        one.path("incarnation").asInt(),
                        Instant.parse(one.path("at").asText()),
                        one.path("confirmed").asBoolean()));
            } catch (JsonProcessingException | RuntimeException cutOff) {
                // the last line of a process that was killed while it wrote: its deletion is found again
            }
        }
        return deletions;
    }

    /** Stored before anybody acts on them. */
    void deleted(Collection<Deletion> deletions) {
        if (folder == null || deletions.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (Deletion deletion : deletions) {
            ObjectNode one = FluxJson.json().createObjectNode();
            one.put("id", deletion.id().toString());
            one.put("incarnation", deletion.incarnation());
            one.put("at", deletion.at().toString());
            one.put("confirmed", deletion.confirmed());
            lines.append(one).append('\n');
        }
        Path file = folder.resolve(DELETED);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            warn(file, unwritable);
        }
    }

    /** The deletions that wait for somebody to confirm them. */
    Set<ResourceId> held() {
        Set<ResourceId> held = new TreeSet<>();
        for (String line : lines(HELD)) {
            held.add(ResourceId.parse(line));
        }
        return held;
    }

    void held(Set<ResourceId> held) {
        if (folder == null) {
            return;
        }
        Path file = folder.resolve(HELD);
        try {
            if (held.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                ReplacedFile.write(
                        file,
                        String.join(
                                "\n", held.stream().map(ResourceId::toString).toList()));
            }
        } catch (IOException unwritable) {
            warn(file, unwritable);
        }
    }

    private List<String> lines(String name) {
        if (folder == null) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.resolve(name));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            warn(folder.resolve(name), unreadable);
            return List.of();
        }
    }

    private static void warn(Path file, Exception fault) {
        LOG.log(Level.WARNING, file + ": what is in force is not stored for the next start: " + fault.getMessage());
    }
}
