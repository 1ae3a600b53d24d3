package dev.tidemark.flux.folder;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.folder.ManifestReader.Declared;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all manifests below some roots, each file again only when it changed. Whatever goes wrong with one file is a
 * problem of that file, with its name; everything else goes on. Not safe for several threads.
 */
final class ManifestLoader {

    private static final System.Logger LOG = System.getLogger(ManifestLoader.class.getName());

    private final List<Path> roots;
    private final Clock clock;
    private final boolean strict;
    private final InForce inForce;
    private final Optional<Kustomize> kustomize;
    private final ForeignTrees foreignTrees = new ForeignTrees();
    private final Map<Path, Loaded> files = new HashMap<>();
    private Set<Path> folders = Set.of();

    /**
     * @param strict whether unknown members are an error
     * @param searchPath folders where {@code kubectl} or {@code kustomize} may be
     */
    ManifestLoader(List<Path> roots, Clock clock, boolean strict, InForce inForce, String searchPath) {
        this.roots = List.copyOf(roots);
        this.clock = clock;
        this.strict = strict;
        this.inForce = inForce;
        this.kustomize = Kustomize.onPath(searchPath);
    }

    /**
     * @param again when the same stamp is looked at once more, since it may not tell a later edit
     * @param doubted objects that are gone from the file, until a second look says so too: editors and Git take the old
     *     text away before they put the new one there
     * @param missing whether the file itself is gone, until a second look says so too
     */
    private record Loaded(
            Stamp stamp,
            Instant again,
            Content content,
            List<Declared> declared,
            Set<ResourceId> doubted,
            boolean missing) {

        boolean isCurrent(Stamp now, Instant time) {
            return !missing && doubted.isEmpty() && stamp.equals(now) && time.isBefore(again);
        }

        Loaded whenMissing() {
            return new Loaded(stamp, again, content, declared, doubted, true);
        }
    }

    /** What there is to read, and of what nothing new is known. */
    private static final class Sources {
        final Map<Path, Stamp> files = new TreeMap<>();
        final Map<Path, Stamp> builds = new TreeMap<>();
        final Set<Path> kept = new HashSet<>();
        final Set<Path> unknown = new HashSet<>();
        final Set<Path> folders = new HashSet<>();
        final List<Problem> problems = new ArrayList<>();

        boolean has(Path file) {
            return files.containsKey(file)
                    || builds.containsKey(file)
                    || kept.contains(file)
                    || unknown.stream().anyMatch(file::startsWith);
        }

        void error(Path where, String why) {
            problems.add(new Problem(Severity.ERROR, where.toString(), why));
        }
    }

    /** Where the last {@link #load} read. */
    Set<Path> folders() {
        return folders;
    }

    ResourceSnapshot load() {
        Instant now = clock.instant();
        Sources sources = new Sources();
        roots.forEach(root -> find(root, sources));
        folders = sources.folders;
        ForeignTrees.Outcome foreign = foreignTrees.among(sources.files);
        sources.files.keySet().removeAll(foreign.files());
        sources.kept.addAll(foreign.files());
        sources.problems.addAll(foreign.problems());
        sources.builds.forEach((file, stamp) -> build(file, stamp, now, sources));
        sources.files.forEach((file, stamp) -> {
            Loaded known = files.get(file);
            if (known == null || !known.isCurrent(stamp, now)) {
                Instant again = stamp.isSettled(now) ? Instant.MAX : now;
                put(file, stamp, again, contentOf(file, stamp), known);
            }
        });
        files.entrySet()
                .removeIf(entry ->
                        !sources.has(entry.getKey()) && entry.getValue().missing());
        files.replaceAll((file, loaded) -> sources.has(file) ? loaded : loaded.whenMissing());
        return snapshot(sources.problems);
    }

    private void find(Path root, Sources sources) {
        try {
            ManifestFiles.Found found = ManifestFiles.below(root);
            sources.folders.addAll(found.folders());
            found.unlisted().forEach((folder, failure) -> {
                sources.unknown.add(folder);
                sources.error(folder, "cannot be listed: check who may read it");
            });
            Optional<Path> base = ManifestFiles.KUSTOMIZATIONS.stream()
                    .map(root::resolve)
                    .filter(found.files()::containsKey)
                    .findFirst();
            if (base.isPresent() && kustomize.isPresent()) {
                sources.builds.put(
                        base.get(), Stamp.of(ManifestFiles.all(root).files().values()));
                sources.kept.addAll(found.files().keySet());
                return;
            }
            base.ifPresent(file -> sources.error(
                    file,
                    "a kustomize base, and neither kubectl nor kustomize is on the PATH: install one of them,"
                            + " or build it first and give what comes out"));
            sources.files.putAll(found.files());
        } catch (NoSuchFileException missing) {
            sources.unknown.add(root);
            sources.error(root, "the folder does not exist: create it");
        } catch (IOException | RuntimeException e) {
            sources.unknown.add(root);
            sources.error(root, "cannot be listed: check who may read it");
        }
    }

    /** Until it has been built once, what the files said by themselves stays. */
    private void build(Path file, Stamp stamp, Instant now, Sources sources) {
        Loaded known = files.get(file);
        if (known == null || !known.isCurrent(stamp, now)) {
            Instant again = stamp.isSettled(now)
                    ? Instant.MAX
                    : stamp.modified()
                            .toInstant()
                            .plus(ManifestFiles.COARSEST_TIME)
                            .plusMillis(1);
            put(file, stamp, again.isAfter(now) ? again : Instant.MAX, built(file), known);
        }
        Loaded loaded = files.get(file);
        if (loaded != null && (loaded.content().whole() || !loaded.declared().isEmpty())) {
            Path root = file.resolveSibling("").normalize();
            sources.kept.removeIf(other -> other.startsWith(root) && !other.equals(file));
        }
    }

    private void put(Path file, Stamp stamp, Instant again, Content content, @Nullable Loaded known) {
        Map<ResourceId, Declared> declared = new LinkedHashMap<>();
        content.over(known == null ? List.of() : known.declared())
                .forEach(one -> declared.put(one.resource().id(), one));
        Set<ResourceId> doubted = new HashSet<>();
        if (known != null) {
            for (Declared before : known.declared()) {
                ResourceId id = before.resource().id();
                if (!declared.containsKey(id) && !known.doubted().contains(id)) {
                    doubted.add(id);
                    declared.put(id, before);
                }
            }
        }
        files.put(file, new Loaded(stamp, again, content, List.copyOf(declared.values()), doubted, false));
    }

    private Content built(Path file) {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        Kustomize tool = kustomize.orElseThrow();
        try {
            return switch (tool.build(folder)) {
                case Kustomize.Outcome.Built(String text) ->
                    ManifestReader.read(folder + " (built by " + tool.name() + ")", text, strict);
                case Kustomize.Outcome.Failed(String why) -> Content.unreadable(Severity.ERROR, file.toString(), why);
            };
        } catch (Throwable fault) {
            return unexpected(file, fault);
        }
    }

    private Content contentOf(Path file, Stamp stamp) {
        if (stamp.size() > ManifestReader.MAX_BYTES) {
            return tooLarge(file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) ManifestReader.MAX_BYTES + 1);
            return bytes.length > ManifestReader.MAX_BYTES
                    ? tooLarge(file)
                    : ManifestReader.read(file.toString(), bytes, strict);
        } catch (NoSuchFileException gone) {
            return Content.unreadable(Severity.ERROR, file.toString(), "was there and is gone: looked at again");
        } catch (IOException e) {
            return Content.unreadable(Severity.ERROR, file.toString(), "cannot be read: check who may read it");
        } catch (Throwable fault) {
            return unexpected(file, fault);
        }
    }

    private static Content tooLarge(Path file) {
        return Content.unreadable(
                Severity.ERROR,
                file.toString(),
                "is larger than " + ManifestReader.MAX_BYTES / 1_000_000 + " MB, of which nothing is read: split it");
    }

    /** A fault of ours costs that file and nothing else. The log has what we need to mend it, without a value of the file. */
    private static Content unexpected(Path file, Throwable fault) {
        RuntimeException place = new IllegalStateException(fault.getClass().getName());
        place.setStackTrace(fault.getStackTrace());
        LOG.log(System.Logger.Level.ERROR, "an unexpected fault while reading " + file, place);
        return Content.unreadable(
                Severity.ERROR, file.toString(), "cannot be read because of a fault in Tidemark: please report it");
    }

    private ResourceSnapshot snapshot(List<Problem> problems) {
        Map<ResourceId, Map<Path, Declared>> all = new LinkedHashMap<>();
        for (Path file : new TreeSet<>(files.keySet())) {
            Loaded loaded = files.get(file);
            if (loaded != null) {
                problems.addAll(loaded.content().problems());
                loaded.declared()
                        .forEach(one -> all.computeIfAbsent(one.resource().id(), _ -> new LinkedHashMap<>())
                                .put(file, one));
            }
        }
        Map<ResourceId, Resource<?>> resources = new LinkedHashMap<>();
        Map<ResourceId, Path> chosen = new HashMap<>();
        all.forEach((id, candidates) -> {
            Path file = inForce.choose(id, List.copyOf(candidates.keySet()));
            Declared counts = Objects.requireNonNull(candidates.get(file));
            chosen.put(id, file);
            resources.put(id, counts.resource());
            candidates.forEach((other, declared) -> {
                if (!other.equals(file)) {
                    problems.add(new Problem(
                            Severity.ERROR,
                            declared.where(),
                            ResourceReader.title(id) + " is declared at " + counts.where()
                                    + " already, which stays in force: remove one of the two"));
                }
            });
        });
        inForce.remember(chosen);
        return new ResourceSnapshot(resources, problems);
    }
}
