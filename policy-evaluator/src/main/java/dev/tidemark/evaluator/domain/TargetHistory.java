package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.ImageName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the log that is retained tells of a target, in all partitions: who has it declared, and how far its sequences are.
 *
 * @param declared the images under which it is declared, with the sequence of the declaration
 * @param deleted the images under which it was declared last before it was deleted
 * @param declaration the highest sequence of a declaration, also of one that was withdrawn
 * @param selection the highest sequence of a selection that was written or used
 */
public record TargetHistory(Map<ImageName, Long> declared, Set<ImageName> deleted, long declaration, long selection) {

    public static final TargetHistory NONE = new TargetHistory(Map.of(), Set.of(), 0, 0);

    /** Takes in what comes next in a partition of {@code policy-declared}. */
    public TargetHistory declared(ImageName image, long sequence) {
        Map<ImageName, Long> longer = new TreeMap<>(declared);
        longer.put(image, sequence);
        return new TargetHistory(longer, without(image), Math.max(declaration, sequence), selection);
    }

    /** The same for a tombstone. */
    public TargetHistory withdrawn(ImageName image, Withdrawal why) {
        Map<ImageName, Long> fewer = new TreeMap<>(declared);
        fewer.remove(image);
        Set<ImageName> gone = without(image);
        if (why instanceof Withdrawal.Deleted) {
            gone.add(image);
        }
        return new TargetHistory(fewer, gone, declaration, selection);
    }

    private Set<ImageName> without(ImageName image) {
        Set<ImageName> others = new TreeSet<>(deleted);
        others.remove(image);
        return others;
    }

    /** Takes in that a selection was written, or used. */
    public TargetHistory selected(long sequence) {
        return new TargetHistory(declared, deleted, declaration, Math.max(selection, sequence));
    }

    /**
     * Who has to hand the target over before it is selected for this image: who has it declared, or had it when it was
     * deleted and may not have heard of that yet. Whoever gave it to somebody else does not count, that one does.
     */
    Optional<ImageName> holderBeside(ImageName image) {
        return declared.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(image))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .or(() -> deleted.stream().filter(one -> !one.equals(image)).findFirst());
    }

    boolean isDeclared(ImageName image) {
        return declared.containsKey(image);
    }
}
