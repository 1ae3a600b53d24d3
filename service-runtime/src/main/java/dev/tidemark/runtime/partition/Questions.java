package dev.tidemark.runtime.partition;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Proofs that work waits for, at most one for each run that is under way. For any thread. */
final class Questions {

    private final List<Question> waiting = new ArrayList<>();

    record Question(Epoch epoch, CompletableFuture<Boolean> answer) {}

    synchronized CompletableFuture<Boolean> ask(Epoch epoch) {
        Question question = new Question(epoch, new CompletableFuture<>());
        waiting.add(question);
        return question.answer();
    }

    /** All that were asked before this call: one commit answers them. */
    synchronized List<Question> take() {
        List<Question> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** The partitions are somebody else's. */
    void refuse(Set<Integer> partitions) {
        List<Question> refused = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Question> all = waiting.iterator(); all.hasNext(); ) {
                Question question = all.next();
                if (partitions.contains(question.epoch().partition())) {
                    all.remove();
                    refused.add(question);
                }
            }
        }
        refused.forEach(question -> question.answer().complete(false));
    }
}
