package dev.tidemark.cli.objects;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The events that the services wrote, one file per object, {@code Kind/namespace/name.yaml}. */
public final class EventStore {

    private static final String SUFFIX = ".yaml";
    private static final int LEVELS = 3;

    private final Path folder;

    public EventStore(StateFolder state) {
        this.folder = state.events();
    }

    /** Of one object, the newest last. */
    public List<Event> of(Tree object) {
        return read(Path.of(object.kind(), object.namespace(), object.name() + SUFFIX));
    }

    /** Of all objects, the newest last. */
    public List<Event> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, LEVELS)) {
            return files.map(folder::relativize)
                    .filter(path -> path.getNameCount() == LEVELS)
                    .filter(path ->
                            !name(path, 2).startsWith(".") && name(path, 2).endsWith(SUFFIX))
                    .flatMap(path -> read(path).stream())
                    .sorted(Comparator.comparing(Event::last))
                    .toList();
        } catch (IOException e) {
            throw new UserError(folder + " cannot be read: check who owns it (" + e.getMessage() + ").", e);
        }
    }

    /** @param path from the folder on */
    private List<Event> read(Path path) {
        List<Event> events = new ArrayList<>();
        try {
            for (Tree document : Yaml.documents(Files.readString(folder.resolve(path)))) {
                if (document.find("events") instanceof List<?> list) {
                    for (Object item : list) {
                        if (item instanceof Map<?, ?> map) {
                            events.add(event(path, Tree.of(map)));
                        }
                    }
                }
            }
        } catch (IOException | IllegalArgumentException | DateTimeParseException absentOrBroken) {
            return List.of();
        }
        return events;
    }

    private static Event event(Path path, Tree event) {
        return new Event(
                name(path, 0),
                name(path, 1),
                name(path, 2).substring(0, name(path, 2).length() - SUFFIX.length()),
                event.text("type"),
                event.text("reason"),
                event.text("message"),
                event.text("source"),
                Integer.parseInt(event.text("count")),
                Instant.parse(event.text("firstTimestamp")),
                Instant.parse(event.text("lastTimestamp")));
    }

    private static String name(Path path, int level) {
        return path.getName(level).toString();
    }
}
