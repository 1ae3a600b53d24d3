package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Git remote in memory, and clones of it. */
final class MemoryRemote {

    final Map<String, String> refs = new HashMap<>();
    private final Map<String, Commit> commits = new HashMap<>();
    private int number;
    int fetches;
    int pushes;
    int histories;

    /** What may happen while the network carries something. */
    Runnable network = () -> {};

    /** Runs when a fetch has its answer. */
    Runnable fetched = () -> {};

    @Nullable
    String refusal;

    /** Why its history cannot be read. */
    @Nullable
    String historyProblem;

    /** Credentials that it does not take; others may be wrong for other reasons. */
    Predicate<Access.Login> unwelcome = login -> false;

    record Commit(
            @Nullable String parent, Map<String, String> files, String message, String automation, String selections) {}

    /** Somebody else's commit. */
    String commit(String ref, Map<String, String> files) {
        String id = add(new Commit(refs.get(ref), Map.copyOf(files), "somebody", "", ""));
        refs.put(ref, id);
        return id;
    }

    private String add(Commit commit) {
        String id = "%040x".formatted(++number);
        commits.put(id, commit);
        return id;
    }

    private Commit get(String id) {
        Commit commit = commits.get(id);
        if (commit == null) {
            throw new AssertionError("no commit " + id);
        }
        return commit;
    }

    String read(String ref, String path) {
        return get(refs.getOrDefault(ref, "")).files().getOrDefault(path, "");
    }

    /** The messages of our commits on a ref, newest first. */
    List<String> messages(String ref) {
        List<String> messages = new ArrayList<>();
        for (String id = refs.get(ref); id != null; id = get(id).parent()) {
            messages.add(get(id).message());
        }
        return messages;
    }

    /** The ids of our commits on a ref. */
    Set<String> ours(String ref) {
        Set<String> ids = new HashSet<>();
        for (String id = refs.get(ref); id != null; id = get(id).parent()) {
            if (!get(id).selections().isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** What was pushed by refspecs, {@code target commit}. */
    final List<String> secondPushes = new ArrayList<>();

    /** Why pushes by refspecs are refused; null for not. */
    @Nullable
    String secondRefusal;

    /** A clone whose pushes wait for a hook. */
    final class Clone implements WorkingClone {

        private final Map<String, String> heads = new TreeMap<>();
        Runnable beforePush = () -> {};

        @Nullable
        Throwable fault;

        @Override
        public Map<String, String> heads() {
            return Map.copyOf(heads);
        }

        @Override
        public FetchOutcome fetch(Source source, Set<Checkout> bases) {
            fetches++;
            network.run();
            if (fault instanceof Error error) {
                throw error;
            }
            if (fault instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (unwelcome.test(source.access().login())) {
                return new FetchOutcome.Failed("unable to clone: authentication failed", true);
            }
            Set<String> wanted = bases.stream().map(Checkout::key).collect(Collectors.toSet());
            heads.keySet().removeAll(wanted);
            wanted.stream().filter(refs::containsKey).forEach(ref -> heads.put(ref, refs.getOrDefault(ref, "")));
            fetched.run();
            network.run();
            return new FetchOutcome.Fetched(heads(), Map.of());
        }

        @Override
        public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
            histories++;
            network.run();
            if (historyProblem != null) {
                return new HistoryOutcome.Failed(historyProblem, false);
            }
            List<FoundCommit> found = new ArrayList<>();
            for (String id = heads.get(ref); id != null && !id.equals(known) && found.size() < limit; ) {
                Commit commit = get(id);
                found.add(new FoundCommit(
                        id,
                        commit.message(),
                        Instant.EPOCH,
                        commit.automation(),
                        FoundCommit.selections(commit.selections())));
                id = commit.parent();
            }
            return new HistoryOutcome.Read(found);
        }

        /** Its files are damaged, until it is discarded. */
        boolean damaged;

        @Override
        public FileTree tree(String commit) {
            if (damaged) {
                throw new DamagedCloneException("the clone cannot be read", new IOException("a short read"));
            }
            return new MemoryTree(get(commit).files());
        }

        @Override
        public String commit(
                String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer) {
            Map<String, String> files = new HashMap<>(get(parent).files());
            files.putAll(contents);
            return add(new Commit(parent, files, text.message(), text.automation(), text.selections()));
        }

        @Override
        public PushOutcome push(
                Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
            beforePush.run();
            network.run();
            if (refusal != null) {
                return new PushOutcome.Refused(refusal, false);
            }
            if (unwelcome.test(source.access().login())) {
                return new PushOutcome.Refused("authentication failed", true);
            }
            String now = refs.get(ref);
            if (now == null ? expected != null : !now.equals(expected)) {
                return new PushOutcome.Moved("non-fast-forward update: " + ref);
            }
            pushes++;
            refs.put(ref, commit);
            network.run();
            heads.put(ref, commit);
            return new PushOutcome.Accepted();
        }

        @Override
        public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
            network.run();
            if (secondRefusal != null) {
                return new PushOutcome.Refused(secondRefusal, false);
            }
            secondPushes.add(refspec.target() + ' ' + commit);
            return new PushOutcome.Accepted();
        }

        @Override
        public void discard() {
            damaged = false;
            heads.clear();
        }

        @Override
        public void close() {
            heads.clear();
        }
    }

    private record MemoryTree(Map<String, String> files) implements FileTree {

        @Override
        public @Nullable Node at(String path) {
            if (files.containsKey(path)) {
                return new Node.File();
            }
            return path.isEmpty() || files.keySet().stream().anyMatch(f -> f.startsWith(path + '/'))
                    ? new Node.Folder()
                    : null;
        }

        @Override
        public List<Candidate> candidates(String folder) {
            String prefix = folder.isEmpty() ? "" : folder + '/';
            return files.keySet().stream()
                    .filter(f -> f.startsWith(prefix))
                    .sorted()
                    .map(f -> new Candidate(f, files.get(f)))
                    .toList();
        }

        @Override
        public Content read(String path) {
            String text = files.get(path);
            return text == null ? new Content.Unreadable("it is not there") : new Content.Text(text);
        }
    }
}
