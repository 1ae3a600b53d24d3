package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The manifests below some roots, each read again only when it changed, and what cannot be known of them. Whatever goes
 * wrong with one file is a problem of that file. Not safe for several threads.
 */
final class ManifestTree {

    private final List<Path> roots;
    private final Clock clock;
    private final ManifestText text;
    private final Optional<Kustomize> kustomize;
    private final ForeignTrees foreignTrees = new ForeignTrees();
    private final Map<Path, Read> files = new TreeMap<>();
    private final Map<Path, List<Problem>> problems = new TreeMap<>();
    private final Set<Path> hiding = new HashSet<>();
    private ForeignTrees.Outcome foreign = new ForeignTrees.Outcome(Set.of(), List.of());
    private ManifestWalk walk = ManifestWalk.NOWHERE;

    /**
     * @param searchPath folders where {@code kubectl} or {@code kustomize} may be
     * @param text reads a manifest
     */
    ManifestTree(List<Path> roots, Clock clock, String searchPath, ManifestText text) {
        this.roots = List.copyOf(roots);
        this.clock = clock;
        this.kustomize = Kustomize.onPath(searchPath);
        this.text = text;
    }

    /** @param again when the same stamp is looked at once more, since it may not tell a later edit */
    private record Read(Stamp stamp, Instant again, Content content) {

        boolean isCurrent(Stamp now, Instant time) {
            return stamp.equals(now) && time.isBefore(again);
        }
    }

    /** Where a change shows, by their real paths. */
    Set<Path> folders() {
        return walk.folders();
    }

    /** What a manifest says; null where it is not read. */
    @Nullable
    Content content(Path file) {
        Read read = files.get(file);
        return read == null ? null : read.content();
    }

    /** Of roots, folders and files, in this order. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(walk.problems());
        all.addAll(foreign.problems());
        problems.values().forEach(all::addAll);
        return all;
    }

    /** Whether something that cannot be read may hide any object. */
    boolean isPartlyUnreadable() {
        return !walk.unknown().isEmpty()
                || !hiding.isEmpty()
                || walk.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** Whether it is not known what a file says now that was read before. */
    boolean isUnknown(Path file) {
        return foreign.files().contains(file) || walk.unknown().stream().anyMatch(file::startsWith);
    }

    /** Whether the folder of a file that is gone is there and holds no manifest, or the whole root does not. */
    boolean isEmptied(Path file) {
        Path folder = file.getParent();
        boolean folderIsEmpty = folder != null && Files.isDirectory(folder) && holdsNothing(folder);
        return folderIsEmpty || roots.stream().anyMatch(root -> file.startsWith(root) && holdsNothing(root));
    }

    private boolean holdsNothing(Path folder) {
        return !walk.occupied().contains(folder);
    }

    /**
     * Looks at everything.
     *
     * @return the files that say something else now, or are new or gone
     */
    Set<Path> lookAtAll() {
        Instant now = clock.instant();
        ManifestWalk found = ManifestWalk.over(roots, kustomize.isPresent());
        foreign = foreignTrees.among(found.files());
        walk = found;
        Set<Path> changed = new TreeSet<>();
        found.builds().forEach((file, stamp) -> {
            if (!isCurrent(file, stamp, now)) {
                put(file, stamp, afterBuild(stamp, now), text.built(file, kustomize.orElseThrow()));
                changed.add(file);
            }
        });
        found.files().forEach((file, stamp) -> {
            if (!foreign.files().contains(file) && !isCurrent(file, stamp, now)) {
                read(file, stamp, now);
                changed.add(file);
            }
        });
        for (Path file : List.copyOf(files.keySet())) {
            boolean there = found.files().containsKey(file) && !foreign.files().contains(file);
            if (!there && !found.builds().containsKey(file)) {
                remove(file);
                changed.add(file);
            }
        }
        return changed;
    }

    /**
     * Looks at what changed, where that is known.
     *
     * @param changed by their real paths
     * @return as {@link #lookAtAll()}; empty when more has changed than what some files say
     */
    Optional<Set<Path>> lookAt(Set<Path> changed) {
        Map<Path, Stamp> edited = new TreeMap<>();
        for (Path real : changed) {
            Path file = walk.shown().get(real);
            if (file == null ? concernsRoots(real) && !isNoManifest(real) : !isEdited(file, edited)) {
                return Optional.empty();
            }
        }
        Instant now = clock.instant();
        edited.forEach((file, stamp) -> {
            walk.files().put(file, stamp);
            read(file, stamp, now);
        });
        return Optional.of(edited.keySet());
    }

    private boolean isEdited(Path file, Map<Path, Stamp> edited) {
        if (!walk.builds().isEmpty() || !files.containsKey(file) || ForeignTrees.isMarker(file)) {
            return false;
        }
        try {
            edited.put(file, ManifestFiles.stamp(file));
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The folders beside a root tell whether it is still there, and of much else. */
    private boolean concernsRoots(Path real) {
        return walk.roots().stream().anyMatch(root -> real.startsWith(root) || root.startsWith(real));
    }

    /** Editors and Git write drafts beside what they edit. */
    private boolean isNoManifest(Path real) {
        boolean plain = Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS);
        return plain
                ? !ManifestFiles.isManifest(real)
                : !Files.exists(real, LinkOption.NOFOLLOW_LINKS)
                        && !walk.folders().contains(real)
                        && !walk.roots().contains(real);
    }

    /** Reads a file once more, whatever its stamp says. */
    void reread(Path file) {
        Read known = files.get(file);
        if (known == null) {
            return;
        }
        Content now = walk.builds().containsKey(file)
                ? text.built(file, kustomize.orElseThrow())
                : text.of(file, known.stamp());
        put(file, known.stamp(), known.again(), now);
    }

    private boolean isCurrent(Path file, Stamp stamp, Instant now) {
        Read known = files.get(file);
        return known != null && known.isCurrent(stamp, now);
    }

    private void read(Path file, Stamp stamp, Instant now) {
        put(file, stamp, stamp.isSettled(now) ? Instant.MAX : now, text.of(file, stamp));
    }

    private void put(Path file, Stamp stamp, Instant again, Content content) {
        files.put(file, new Read(stamp, again, content));
        if (content.problems().isEmpty()) {
            problems.remove(file);
        } else {
            problems.put(file, content.problems());
        }
        if (content.hides()) {
            hiding.add(file);
        } else {
            hiding.remove(file);
        }
    }

    private void remove(Path file) {
        files.remove(file);
        problems.remove(file);
        hiding.remove(file);
    }

    private static Instant afterBuild(Stamp stamp, Instant now) {
        Instant settled =
                stamp.modified().toInstant().plus(ManifestFiles.COARSEST_TIME).plusMillis(1);
        return settled.isAfter(now) ? settled : Instant.MAX;
    }

    /** The objects that a file declares, or declares wrongly. */
    Set<ResourceId> named(Path file) {
        Set<ResourceId> ids = new HashSet<>();
        Content content = content(file);
        if (content != null) {
            content.declared().forEach(one -> ids.add(one.resource().id()));
            ids.addAll(content.refused());
        }
        return ids;
    }
}
