package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.FolderWatch.Seen;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.source.RunRequests;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resources from directories or files of manifests, watched, with what was asked for by command laid over them. The state
 * folder stands for the API server: it remembers what is in force, so that nothing is lost that cannot be read just now,
 * and what is missing goes only when it is certain that it was deleted (DESIGN 5, 7). Hidden files and folders are passed
 * over, so that a state folder or {@code .git} may lie beside the manifests.
 */
public final class FolderSource implements ResourceSource, SecretReader, RunRequests, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FolderSource.class.getName());

    private final StateFiles state;
    private final ManifestTree tree;
    private final ObjectsInForce objects;
    private final Overrides overrides;
    private final SourceReport report;
    private final FolderWatch watch = new FolderWatch();
    private final Clock clock;
    private final Executor loop;
    private final List<Path> roots;
    private final Set<ResourceId> askedSecrets = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<ResourceCache> caches = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<ResourceId>> secretListeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<Set<ResourceId>>> verdictListeners = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> notifications = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Reported reported;
    private volatile ManifestVerdicts verdicts = ManifestVerdicts.NONE;

    private record Reported(List<Problem> problems, List<KeptObject> kept, Optional<String> confirmation) {}

    /**
     * What there is to read.
     *
     * @param roots directories or files of manifests
     * @param state the folder that stands for the API server; null where nothing is to be remembered
     * @param strict whether unknown members are an error
     * @param searchPath folders where {@code kubectl} or {@code kustomize} may be
     */
    public record Settings(List<Path> roots, @Nullable Path state, boolean strict, String searchPath) {}

    private FolderSource(Settings settings, Clock clock, Executor loop) {
        this.clock = clock;
        this.loop = loop;
        this.roots = List.copyOf(settings.roots());
        this.state = StateFiles.made(settings.state());
        this.tree = new ManifestTree(
                settings.roots(), clock, settings.searchPath(), new ManifestText(settings.strict(), askedSecrets));
        this.objects = new ObjectsInForce(tree, new InForceStore(state.inForce()), clock);
        this.overrides = new Overrides(state.overrides());
        this.report = new SourceReport(state.report());
        overrides.refresh();
        var unused = objects.begin(tree.lookAtAll(), confirmations());
        report();
        notifyListeners();
    }

    /**
     * Reads everything and begins to watch. A root that does not exist yet is a problem that is told.
     *
     * @param loop runs the watch, one task until this is closed, and tells of Secrets
     */
    public static FolderSource open(Settings settings, Clock clock, Executor loop) {
        FolderSource source = new FolderSource(settings, clock, loop);
        loop.execute(source::watch);
        return source;
    }

    /** Reads everything; later {@link #look} looks again. */
    static FolderSource unwatched(Settings settings, Clock clock) {
        return new FolderSource(settings, clock, Runnable::run);
    }

    private void watch() {
        Seen seen = new Seen.Everything();
        while (!(seen instanceof Seen.Closed)) {
            try {
                boolean others = look(seen);
                while (others && watch.follow(folders(), roots.stream().allMatch(FolderWatch::isLocal))) {
                    // what happened before they were watched, which may be that there are still others
                    others = look(new Seen.Everything());
                }
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the folders of manifests could not be looked at", e);
            }
            seen = watch.await(untilCalm());
        }
    }

    private Set<Path> folders() {
        Set<Path> all = new HashSet<>(tree.folders());
        all.addAll(overrides.folders());
        all.addAll(state.folders());
        return all;
    }

    private @Nullable Duration untilCalm() {
        var calm = objects.calm();
        return calm == null ? null : Duration.between(clock.instant(), calm);
    }

    /**
     * Looks at what may have changed, and notifies of what did.
     *
     * @return whether there may be other folders now than before
     */
    boolean look(Seen seen) {
        boolean everything = false;
        lock.lock();
        try {
            Set<Path> files = Set.of();
            boolean asked = true;
            if (seen instanceof Seen.Some some) {
                Optional<Set<Path>> edited = tree.lookAt(state.others(some.paths()));
                everything = edited.isEmpty();
                files = edited.orElseGet(tree::lookAtAll);
                asked = some.paths().stream().anyMatch(state::isOverride);
            } else if (seen instanceof Seen.Everything) {
                everything = true;
                files = tree.lookAtAll();
            }
            ObjectsInForce.Changes changes = objects.follow(files, confirmations());
            Set<ResourceId> upserted = new HashSet<>(changes.upserted());
            if (asked) {
                upserted.addAll(overrides.refresh());
                everything = true;
            }
            feed(upserted, changes.deleted());
            notifyOfSecrets(upserted);
            notifyOfSecrets(changes.deleted());
            report();
        } finally {
            lock.unlock();
        }
        notifyListeners();
        return everything;
    }

    private Set<String> confirmations() {
        return state.confirmations(objects.confirmation(), clock.instant());
    }

    private void feed(Set<ResourceId> upserted, Set<ResourceId> deleted) {
        for (ResourceId id : upserted) {
            objects.find(id)
                    .filter(object -> !object.withheld())
                    .map(object -> overrides.over(object.resource()))
                    .ifPresent(resource -> caches.forEach(cache -> cache.upsert(resource)));
        }
        for (ResourceId id : deleted) {
            caches.forEach(cache -> cache.delete(id));
            overrides.remove(id);
        }
    }

    /** On the loop: a listener's own locks and the source's are never held together. */
    private void notifyOfSecrets(Set<ResourceId> changed) {
        changed.stream()
                .filter(askedSecrets::contains)
                .forEach(id -> notifications.add(
                        () -> loop.execute(() -> secretListeners.forEach(listener -> listener.accept(id)))));
    }

    /** A listener may ask back, so none is called under the lock. */
    private void notifyListeners() {
        for (Runnable one = notifications.poll(); one != null; one = notifications.poll()) {
            one.run();
        }
    }

    /** What is wrong with manifests, as of the last look. */
    public List<Problem> problems() {
        Reported last = reported;
        return last == null ? List.of() : last.problems();
    }

    /** What is wrong with manifests, and what stays in force without one; only where that is news. */
    private void report() {
        List<Problem> problems = new ArrayList<>(tree.problems());
        problems.addAll(objects.problems());
        Reported now = new Reported(problems, objects.kept(), objects.confirmation());
        if (now.equals(reported)) {
            return;
        }
        reported = now;
        report.write(now.problems(), objects);
        ManifestVerdicts before = verdicts;
        verdicts = ManifestVerdicts.of(now.problems());
        Set<ResourceId> others = verdicts.differingFrom(before);
        if (!others.isEmpty()) {
            notifications.add(() -> verdictListeners.forEach(listener -> listener.accept(others)));
        }
    }

    /** What is wrong with the manifest of each object. */
    ManifestVerdicts verdicts() {
        return verdicts;
    }

    /** Tells of objects with whose manifests something else is wrong now. */
    void onVerdict(Consumer<Set<ResourceId>> listener) {
        verdictListeners.add(listener);
    }

    /** An object as it counts. */
    Optional<Resource<?>> find(ResourceId id) {
        lock.lock();
        try {
            return objects.find(id).map(object -> overrides.over(object.resource()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Registration feed(ResourceCache cache) {
        lock.lock();
        try {
            objects.all().stream()
                    .filter(object -> !object.withheld())
                    .forEach(object -> cache.upsert(overrides.over(object.resource())));
            cache.completed(this::isDeleted);
            caches.add(cache);
            return () -> caches.remove(cache);
        } finally {
            lock.unlock();
        }
    }

    private boolean isDeleted(ResourceId id) {
        boolean deleted;
        lock.lock();
        try {
            if (objects.find(id).isPresent()) {
                return false;
            }
            deleted = objects.isDeleted(id);
            if (!deleted) {
                report();
            }
        } finally {
            lock.unlock();
        }
        notifyListeners();
        return deleted;
    }

    /** One whose manifest cannot be read is not there: nobody is to take it for one that holds nothing. */
    @Override
    public Optional<SecretContent> get(String namespace, String name) {
        ResourceId id = new ResourceId(Kinds.SECRET.name(), namespace, name);
        Optional<SecretContent> content;
        lock.lock();
        try {
            if (askedSecrets.add(id)) {
                objects.find(id).map(ObjectInForce::file).ifPresent(file -> {
                    tree.reread(file);
                    ObjectsInForce.Changes changes = objects.follow(Set.of(file), confirmations());
                    feed(changes.upserted(), changes.deleted());
                    notifyOfSecrets(without(id, changes.upserted()));
                    notifyOfSecrets(changes.deleted());
                    report();
                });
            }
            content = objects.find(id)
                    .filter(object -> !object.withheld())
                    .flatMap(object -> object.resource().as(Kinds.SECRET))
                    .map(Resource::spec)
                    .filter(secret -> !secret.entries().isEmpty());
        } finally {
            lock.unlock();
        }
        notifyListeners();
        return content;
    }

    /** Whoever asked first has its answer; of what else the file says now it has none. */
    private static Set<ResourceId> without(ResourceId id, Set<ResourceId> changed) {
        Set<ResourceId> others = new HashSet<>(changed);
        others.remove(id);
        return others;
    }

    /** Nothing is kept here that the files do not say. */
    @Override
    public void refused(String namespace, String name) {}

    @Override
    public Registration onChange(Consumer<ResourceId> listener) {
        secretListeners.add(listener);
        return () -> secretListeners.remove(listener);
    }

    @Override
    public void annotate(ResourceId id, Map<String, String> annotations) {
        lock.lock();
        try {
            overrides.annotate(id, annotations);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
