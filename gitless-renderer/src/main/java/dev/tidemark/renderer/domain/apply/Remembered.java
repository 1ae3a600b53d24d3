package dev.tidemark.renderer.domain.apply;

import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a ResourceSet's earlier runs here have seen of its objects: what needs no request. Whoever could not know that
 * somebody else had the set meanwhile must not keep it. Used by one run at a time; holds as many as the set has.
 */
public final class Remembered {

    private final Map<ObjectId, Mark> marks = new HashMap<>();

    /**
     * @param checksum of what was applied
     * @param uid of the object
     * @param owned what we owned of it then
     * @param current whether it had become healthy
     */
    private record Mark(String checksum, String uid, String owned, boolean current) {}

    /** Whether the object was applied, in whatever form. */
    boolean isKnown(ObjectId id) {
        return marks.containsKey(id);
    }

    /** Whether it is the object that was applied, and no other one that has its name by now. */
    boolean isSame(KubeObject live) {
        Mark mark = marks.get(live.id());
        return mark != null && mark.uid.equals(live.uid());
    }

    /** Whether the object was last applied in this form. Somebody may have changed it since. */
    boolean isApplied(KubeObject wanted) {
        Mark mark = marks.get(wanted.id());
        return mark != null && mark.checksum.equals(checksum(wanted));
    }

    /** Whether it was applied in this form, and nothing of it was touched since. */
    boolean isUntouched(KubeObject wanted, KubeObject live) {
        Mark mark = marks.get(wanted.id());
        return mark != null
                && mark.checksum.equals(checksum(wanted))
                && mark.owned.equals(FieldOwners.fingerprint(live))
                && FieldOwners.takenOver(live).isEmpty()
                && !live.isBeingDeleted();
    }

    /** Whether it was healthy when it was last looked at, and is applied in the same form since. */
    boolean isCurrent(ObjectId id) {
        Mark mark = marks.get(id);
        return mark != null && mark.current;
    }

    /** @param live as it was after applying */
    void applied(KubeObject wanted, KubeObject live, boolean current) {
        marks.put(wanted.id(), new Mark(checksum(wanted), live.uid(), FieldOwners.fingerprint(live), current));
    }

    void looked(ObjectId id, boolean current) {
        marks.computeIfPresent(id, (unused, mark) -> new Mark(mark.checksum, mark.uid, mark.owned, current));
    }

    void forget(ObjectId id) {
        marks.remove(id);
    }

    /** All others left the set. */
    void retain(Set<ObjectId> ids) {
        marks.keySet().retainAll(ids);
    }

    private static String checksum(KubeObject object) {
        return Sha256.revision(JsonWriter.compact(object.json()));
    }
}
