package dev.tidemark.flux.folder;

import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.folder.InForceStore.Deletion;
import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.folder.ManifestReader.Declared;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects in force, as an API server holds them: what manifests declare takes effect at once; what they do not declare
 * any more stays until it is certain that it was deleted. Not safe for several threads.
 */
final class ObjectsInForce {

    private final ManifestTree tree;
    private final DeclaredObjects declared;
    private final InForceStore store;
    private final Clock clock;
    private final Map<ResourceId, ObjectInForce> objects = new HashMap<>();
    private final Map<Path, Set<ResourceId>> byFile = new HashMap<>();
    private final Map<ResourceId, Instant> missing = new TreeMap<>();
    private final Map<ResourceId, Integer> incarnations = new HashMap<>();
    private final Map<ResourceId, Instant> lost = new HashMap<>();
    private final Set<ResourceId> unaccounted = new TreeSet<>();
    private Set<ResourceId> held;
    private List<KeptObject> kept = List.of();
    private Instant lastChange;
    private @Nullable Instant calm;

    /** What is declared in another way, and what is gone. */
    record Changes(Set<ResourceId> upserted, Set<ResourceId> deleted) {}

    ObjectsInForce(ManifestTree tree, InForceStore store, Clock clock) {
        this.tree = tree;
        this.declared = new DeclaredObjects(tree);
        this.store = store;
        this.clock = clock;
        this.lastChange = clock.instant();
        this.held = store.held();
        store.deletions().forEach(this::record);
        store.objects().forEach(this::hold);
    }

    private void record(Deletion deletion) {
        incarnations.merge(deletion.id(), deletion.incarnation() + 1, Math::max);
        if (!deletion.confirmed()) {
            lost.put(deletion.id(), deletion.at());
        }
    }

    /** The last one counts, should two manifests be stored with it. */
    private void hold(ObjectInForce object) {
        ObjectInForce before = objects.put(object.id(), object);
        if (before != null) {
            byFile.getOrDefault(before.file(), new HashSet<>()).remove(before.id());
        }
        byFile.computeIfAbsent(object.file(), _ -> new HashSet<>()).add(object.id());
    }

    Optional<ObjectInForce> find(ResourceId id) {
        return Optional.ofNullable(objects.get(id));
    }

    Collection<ObjectInForce> all() {
        return objects.values();
    }

    /** What stays in force although nothing declares it. */
    List<KeptObject> kept() {
        return kept;
    }

    /** When to look again although nothing has changed; null for never. */
    @Nullable
    Instant calm() {
        return calm;
    }

    /** Whether an object that is not in force was deleted, as far as anybody here knows. One that nobody knows is noted. */
    boolean isDeleted(ResourceId id) {
        if (incarnations.containsKey(id)) {
            return true;
        }
        unaccounted.add(id);
        return false;
    }

    /** Takes in the files that changed, and whatever time and confirmations bring. */
    Changes follow(Set<Path> files, Set<String> confirmations) {
        Instant now = clock.instant();
        if (!files.isEmpty()) {
            lastChange = now;
        }
        Set<ResourceId> upserted = new HashSet<>();
        Set<Path> touched = new HashSet<>();
        Set<ResourceId> concerned = new HashSet<>(declared.update(files));
        concerned.addAll(missing.keySet());
        concerned.forEach(id -> settle(id, now, upserted, touched));
        Set<ResourceId> deleted = delete(now, confirmations, upserted, touched);
        touched.forEach(this::write);
        return new Changes(upserted, deleted);
    }

    /** After a start: what is stored and was not looked at is missing. */
    Changes begin(Set<Path> files, Set<String> confirmations) {
        objects.keySet().forEach(id -> missing.put(id, clock.instant()));
        return follow(files, confirmations);
    }

    private void settle(ResourceId id, Instant now, Set<ResourceId> upserted, Set<Path> touched) {
        SortedMap<Path, Declared> where = declared.of(id);
        ObjectInForce current = objects.get(id);
        Path file = current == null ? (where.isEmpty() ? null : where.firstKey()) : current.file();
        Declared one = file == null ? null : where.get(file);
        if (file != null && one != null) {
            put(file, one, current, upserted, touched);
        } else if (current != null) {
            missing.putIfAbsent(id, now);
        }
    }

    private void put(
            Path file, Declared one, @Nullable ObjectInForce current, Set<ResourceId> upserted, Set<Path> touched) {
        ResourceId id = one.resource().id();
        missing.remove(id);
        unaccounted.remove(id);
        int incarnation = current == null ? incarnations.getOrDefault(id, 0) : current.incarnation();
        Resource<?> resource = identified(one.resource(), current, incarnation);
        ObjectInForce next = new ObjectInForce(resource, file, one.where(), incarnation, one.text(), false);
        if (next.equals(current)) {
            return;
        }
        if (current != null && !current.file().equals(file)) {
            touched.add(current.file());
        }
        if (current == null || current.withheld() || !current.resource().equals(resource)) {
            upserted.add(id);
        }
        hold(next);
        touched.add(file);
    }

    private <S> Resource<S> identified(Resource<S> resource, @Nullable ObjectInForce current, int incarnation) {
        Metadata metadata = resource.metadata();
        String uid = incarnation == 0 ? metadata.uid() : ResourceReader.uid(metadata.uid(), incarnation);
        Instant created = current == null
                ? metadata.created()
                : current.resource().metadata().created();
        Instant made = created == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : created;
        return new Resource<>(resource.kind(), metadata.identified(uid, made), resource.spec());
    }

    private Set<ResourceId> delete(
            Instant now, Set<String> confirmations, Set<ResourceId> upserted, Set<Path> touched) {
        Instant calmAt = lastChange.plus(DeletionGuard.CALM);
        boolean isCalm = !now.isBefore(calmAt);
        boolean isWhole = !tree.isPartlyUnreadable();
        boolean waits = false;
        Set<ResourceId> certain = new TreeSet<>();
        List<KeptObject> blind = new ArrayList<>();
        for (ResourceId id : List.copyOf(missing.keySet())) {
            ObjectInForce object = Objects.requireNonNull(objects.get(id));
            if (isBlind(object) || (declared.of(id).isEmpty() && declared.isRefused(id))) {
                blind.add(kept(object, KeptObject.Reason.FILE_UNREADABLE));
            } else if (!isCalm) {
                waits = true;
            } else if (!declared.of(id).isEmpty()) {
                Path other = declared.of(id).firstKey();
                put(other, Objects.requireNonNull(declared.of(id).get(other)), object, upserted, touched);
            } else if (!isWhole) {
                blind.add(kept(object, KeptObject.Reason.SOURCE_UNREADABLE));
            } else {
                certain.add(id);
            }
        }
        calm = waits ? calmAt : null;
        Set<ResourceId> deleted = guarded(certain, confirmations, now);
        deleted.forEach(id -> remove(id, touched));
        List<KeptObject> all = new ArrayList<>(blind);
        held.forEach(id -> find(id).ifPresent(object -> all.add(kept(object, KeptObject.Reason.CONFIRMATION))));
        kept = List.copyOf(all);
        return deleted;
    }

    private boolean isBlind(ObjectInForce object) {
        Content content = tree.content(object.file());
        return content == null ? tree.isUnknown(object.file()) : content.isBlindTo(object.id());
    }

    private KeptObject kept(ObjectInForce object, KeptObject.Reason reason) {
        return new KeptObject(object.id(), object.where(), reason, missing.getOrDefault(object.id(), clock.instant()));
    }

    private Set<ResourceId> guarded(Set<ResourceId> certain, Set<String> confirmations, Instant now) {
        lost.values().removeIf(at -> !at.isAfter(now.minus(DeletionGuard.WINDOW)));
        boolean confirmed = confirmation().filter(confirmations::contains).isPresent();
        Set<ResourceId> named = confirmed ? Set.copyOf(held) : Set.of();
        Set<ResourceId> emptied = new HashSet<>();
        certain.stream()
                .filter(id ->
                        find(id).filter(object -> tree.isEmptied(object.file())).isPresent())
                .forEach(emptied::add);
        DeletionGuard.Answer answer = DeletionGuard.decide(
                new DeletionGuard.Question(certain, emptied, held, named, lost.keySet(), objects.size()));
        Set<ResourceId> deleted = new TreeSet<>(answer.deleted());
        if (confirmed) {
            deleted.addAll(unaccounted);
            unaccounted.clear();
        }
        Set<ResourceId> holding = new TreeSet<>(answer.held());
        // what is not certain just now was held and stays so
        held.stream()
                .filter(id -> missing.containsKey(id) && !certain.contains(id))
                .forEach(holding::add);
        if (!holding.equals(held)) {
            held = holding;
            store.held(held);
        }
        List<Deletion> deletions = deleted.stream()
                .map(id -> new Deletion(
                        id,
                        find(id).map(ObjectInForce::incarnation).orElse(0),
                        now,
                        named.contains(id) || find(id).isEmpty()))
                .toList();
        store.deleted(deletions);
        deletions.forEach(this::record);
        return deleted;
    }

    private void remove(ResourceId id, Set<Path> touched) {
        ObjectInForce object = objects.remove(id);
        missing.remove(id);
        if (object != null) {
            byFile.getOrDefault(object.file(), new HashSet<>()).remove(id);
            touched.add(object.file());
        }
    }

    private void write(Path file) {
        Set<ResourceId> ids = byFile.getOrDefault(file, Set.of());
        store.write(
                file,
                ids.stream().sorted().map(objects::get).filter(Objects::nonNull).toList());
        if (ids.isEmpty()) {
            byFile.remove(file);
        }
    }

    /** What names the deletions that wait, these and no others; empty where none does. */
    Optional<String> confirmation() {
        List<String> names = new ArrayList<>();
        held.forEach(id ->
                names.add(id + "#" + find(id).map(ObjectInForce::incarnation).orElse(0)));
        unaccounted.forEach(id -> names.add(id + "?"));
        return names.isEmpty() ? Optional.empty() : Optional.of(ConfirmationCode.of(names));
    }

    /** Those that exist somewhere and that nobody here has ever known: the store is younger than they are. */
    Set<ResourceId> unaccounted() {
        return Set.copyOf(unaccounted);
    }

    /** Of objects that several files declare: the one that is in force stays so. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (ResourceId id : declared.contested()) {
            ObjectInForce counts = objects.get(id);
            if (counts != null) {
                declared.of(id).forEach((file, one) -> {
                    if (!file.equals(counts.file())) {
                        problems.add(new Problem(
                                Severity.ERROR,
                                one.where(),
                                ResourceReader.title(id) + " is declared at " + counts.where()
                                        + " already, which stays in force: remove one of the two"));
                    }
                });
            }
        }
        return problems;
    }
}
