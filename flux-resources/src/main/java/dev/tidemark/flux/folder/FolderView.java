package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.ResourceEvent;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Objects as the services left them in the state folder; where nothing has run yet there are none. It reads text and builds
 * no records: a command is over before they would pay.
 */
public final class FolderView implements ObjectView {

    /** Every step of an update is seen, and a look reads some small files. */
    private static final Duration PACE = Duration.ofMillis(20);

    /** Often enough to see every step of an update that a person would want to see. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path state;
    private final StateFiles files;
    private final ResourceFiles statuses;
    private final ResourceFiles events;
    private final Overrides overrides;
    private final InForceTrees inForce;

    /** @param state the state folder; need not exist */
    public FolderView(Path state) {
        this.state = state;
        this.files = new StateFiles(state);
        this.statuses = StateFiles.statuses(state);
        this.events = StateFiles.events(state);
        this.overrides = new Overrides(files.overrides());
        this.inForce = new InForceTrees(new InForceStore(files.inForce()));
    }

    @Override
    public List<Tree> list(String kind, String namespace) {
        return all(kind).stream()
                .filter(object -> namespace.isEmpty() || object.namespace().equals(namespace))
                .toList();
    }

    private List<Tree> all(String kind) {
        try {
            Map<ResourceId, Tree> found = new TreeMap<>();
            rendered(kind).forEach(object -> found.put(object.id(), object));
            inForce(kind).forEach(object -> found.put(object.id(), overrides.over(object)));
            for (ResourceId id : statuses.below(statuses.folder().resolve(kind))) {
                Tree status = parsed(statuses.text(id)).with(FolderStatuses.SAID, null);
                if (!status.members().isEmpty()) {
                    found.compute(id, (_, object) -> object == null ? overrides.over(status) : merged(object, status));
                }
            }
            return List.copyOf(found.values());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What is in force now with the status that was written last. */
    private static Tree merged(Tree object, Tree withStatus) {
        Object status = withStatus.find("status");
        return status == null ? object : object.with("status", status);
    }

    private List<Tree> inForce(String kind) throws IOException {
        return inForce.all().stream()
                .filter(object -> object.kind().equals(kind))
                .toList();
    }

    private List<Tree> rendered(String kind) throws IOException {
        List<Tree> objects = new ArrayList<>();
        for (Path namespace : children(StateFiles.rendered(state))) {
            for (Path file : children(namespace.resolve(kind))) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".yaml") && !name.startsWith(".")) {
                    Tree object = parsed(Files.exists(file) ? Files.readString(file) : null);
                    if (!object.members().isEmpty()) {
                        objects.add(object);
                    }
                }
            }
        }
        return objects;
    }

    @Override
    public Optional<Tree> find(ResourceId id) {
        return list(id.kind()).stream().filter(object -> object.id().equals(id)).findFirst();
    }

    @Override
    public boolean isInForce(ResourceId id) {
        try {
            return inForce(id.kind()).stream().anyMatch(object -> object.id().equals(id));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Set<String> renderedKinds() {
        try {
            Set<String> kinds = new TreeSet<>();
            for (Path namespace : children(StateFiles.rendered(state))) {
                for (Path kind : children(namespace)) {
                    kinds.add(String.valueOf(kind.getFileName()));
                }
            }
            return kinds;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<ResourceEvent> events(String namespace) {
        try {
            return events.below(events.folder()).stream()
                    .filter(id -> namespace.isEmpty() || id.namespace().equals(namespace))
                    .map(this::events)
                    .flatMap(Collection::stream)
                    .sorted(Comparator.comparing(one -> one.event().lastTimestamp()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<ResourceEvent> events(ResourceId id) {
        return FolderEvents.read(events, id).events().stream()
                .map(event -> new ResourceEvent(id, event))
                .toList();
    }

    /** Files cost little to look at. */
    @Override
    public Changes changes(Collection<String> kinds, String namespace) {
        return () -> Thread.sleep(LOOK);
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public SourceState source() {
        Path report = files.report();
        try {
            return report == null ? SourceState.NONE : SourceReport.read(report);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What somebody edited and what is gone meanwhile hides nothing else. */
    private static Tree parsed(@Nullable String text) {
        try {
            return text == null ? Tree.EMPTY : Tree.parse(text);
        } catch (IllegalArgumentException broken) {
            return Tree.EMPTY;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
                paths.forEach(children::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return children;
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("the state folder " + state + " cannot be read: check who owns it", e);
    }
}
