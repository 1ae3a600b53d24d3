package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A bare clone of depth 1 in a new folder of its own, deleted at the end. What a killed process left is not used again: it
 * could hold locks, and a shallow clone is quicker than checking that it does not. One thread at a time.
 */
public final class BareClone implements WorkingClone {

    /** Each push leaves a handful of loose objects and each fetch a pack; now and then a new clone is the cheapest broom. */
    private static final int RENEW_AFTER = 500;

    /** What Gerrit says of a commit that it has already: then what was wanted is so. */
    private static final String NOTHING_NEW = "no new changes";

    private static final String OPTIONS_UNSUPPORTED = "Push options not supported";

    private final Path parent;
    private final Path folder;
    private final MarkerIndex index = new MarkerIndex();
    private final Map<String, String> heads = new TreeMap<>();
    private final Transports transports;
    private final SshSessions sessions;
    private BoundedRepository repository;
    private int exchanges;
    private boolean discarded;

    private BareClone(Path parent, Path folder, Transports transports, BoundedRepository repository) {
        this.parent = parent;
        this.folder = folder;
        this.transports = transports;
        this.sessions = transports.sessions();
        this.repository = repository;
    }

    /** An empty clone in a new folder below {@code parent}. */
    public static BareClone below(Path parent, Transports transports) {
        IsolatedConfiguration.install();
        try {
            Files.createDirectories(parent);
            Path folder = Files.createTempDirectory(parent, "clone");
            return new BareClone(parent, folder, transports, Repositories.create(folder, transports.limits()));
        } catch (IOException e) {
            throw new UncheckedIOException("no clone can be made in " + parent + ": " + e.getMessage(), e);
        }
    }

    /** Deletes what clones of earlier lives left below {@code parent}. */
    public static void sweep(Path parent) {
        try {
            Repositories.delete(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(parent + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> heads() {
        return Map.copyOf(heads);
    }

    @Override
    public FetchOutcome fetch(Source source, Set<Checkout> wanted) {
        if (++exchanges > RENEW_AFTER || discarded || repository.isFull()) {
            renew();
        }
        Exchange exchange = exchange(source);
        try {
            return fetch(exchange, wanted);
        } catch (IOException | RuntimeException e) {
            if (exchange.problems().isOfRemote(e)) {
                return exchange.problems().ofFetch(e);
            }
        }
        // its own files may be the reason
        renew();
        try {
            return fetch(exchange, wanted);
        } catch (IOException | IllegalArgumentException e) {
            return exchange.problems().ofFetch(e);
        }
    }

    private FetchOutcome fetch(Exchange exchange, Set<Checkout> wanted) throws IOException {
        Set<String> refs = wanted.stream()
                .filter(Checkout.Ref.class::isInstance)
                .map(Checkout::key)
                .collect(Collectors.toCollection(TreeSet::new));
        NamedRefs.Found found =
                new NamedRefs(repository, exchange).fetch(refs, heads.keySet().containsAll(refs));
        heads.keySet().removeAll(refs);
        heads.putAll(found.commits());
        Map<String, String> problems = new TreeMap<>(found.problems());
        problems.putAll(fetchBases(exchange, wanted));
        return new FetchOutcome.Fetched(heads(), problems);
    }

    /** Those that are no refs; one that is wrong is a problem of who wants it, and of nobody else. */
    private Map<String, String> fetchBases(Exchange exchange, Set<Checkout> wanted) {
        PinnedBases bases = new PinnedBases(repository, exchange, parent);
        Map<String, String> problems = new TreeMap<>();
        for (Checkout base : wanted) {
            try {
                switch (base) {
                    case Checkout.Ref fetched -> {}
                    case Checkout.Commit commit -> {
                        if (!heads.containsKey(commit.key())) {
                            keep(commit, bases.fetch(commit));
                        }
                    }
                    case Checkout.Range range -> keep(range, bases.fetch(range));
                }
            } catch (IOException | IllegalArgumentException e) {
                heads.remove(base.key());
                problems.put(base.key(), exchange.problems().text(e));
            }
        }
        return problems;
    }

    private void keep(Checkout base, Optional<String> commit) {
        commit.ifPresentOrElse(id -> heads.put(base.key(), id), () -> heads.remove(base.key()));
    }

    private Exchange exchange(Source source) {
        return new Exchange(transports, source, sessions);
    }

    private void renew() {
        try {
            repository.close();
            Repositories.delete(folder);
            Files.createDirectories(folder);
            repository = Repositories.create(folder, transports.limits());
            heads.clear();
            exchanges = 0;
            discarded = false;
        } catch (IOException e) {
            throw new UncheckedIOException("the clone in " + folder + " cannot be renewed: " + e.getMessage(), e);
        }
    }

    @Override
    public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
        CommitHistory local = localHistory(ref, known, limit);
        if (local.isWhole()) {
            return new HistoryOutcome.Read(local.commits());
        }
        Exchange exchange = exchange(source);
        try (CommitsOnly commits = new CommitsOnly(exchange, parent)) {
            return new HistoryOutcome.Read(commits.history(ref, known, limit));
        } catch (IOException | IllegalArgumentException e) {
            return exchange.problems().ofHistory(e);
        }
    }

    private CommitHistory localHistory(String ref, @Nullable String known, int limit) {
        try {
            return CommitHistory.of(repository, heads.getOrDefault(ref, ""), known, limit);
        } catch (IOException e) {
            throw new DamagedCloneException("the clone in " + folder + " cannot be read", e);
        }
    }

    @Override
    public FileTree tree(String commit) {
        return new GitTree(repository, treeOf(ObjectId.fromString(commit)), index);
    }

    @Override
    public String commit(String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer) {
        ObjectId parentId = ObjectId.fromString(parent);
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = inserter.newReader()) {
            ObjectWriter writer = new ObjectWriter(reader, inserter);
            ObjectId commit = writer.commit(parentId, writer.tree(treeOf(parentId), contents), text, signer);
            inserter.flush();
            return commit.name();
        } catch (IOException e) {
            throw new DamagedCloneException("the clone in " + folder + " cannot be written", e);
        }
    }

    @Override
    public PushOutcome push(
            Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
        ObjectId from = expected == null ? ObjectId.zeroId() : ObjectId.fromString(expected);
        PushOutcome outcome = push(source, options, () -> update(commit, ref, false, NamedRefs.tracking(ref), from));
        if (outcome instanceof PushOutcome.Accepted) {
            heads.put(ref, commit);
        }
        return outcome;
    }

    @Override
    public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
        String target = refspec.target();
        PushOutcome outcome = push(source, options, () -> update(commit, target, refspec.force(), null, null));
        if (outcome instanceof PushOutcome.Refused(String message, boolean denied) && message.contains(NOTHING_NEW)) {
            return new PushOutcome.Accepted();
        }
        if (!(outcome instanceof PushOutcome.Moved)) {
            return outcome;
        }
        // whether that is a fast-forward a clone of depth 1 cannot know
        try {
            Optional<ObjectId> ancestor = ancestor(exchange(source), refspec);
            return ancestor.isEmpty()
                    ? outcome
                    : push(source, options, () -> update(commit, target, true, null, ancestor.get()));
        } catch (IOException | IllegalArgumentException e) {
            return exchange(source).problems().ofPush(e);
        }
    }

    /** What a target has, if all of it is in the branch. */
    private Optional<ObjectId> ancestor(Exchange exchange, Refspec refspec) throws IOException {
        ObjectId id;
        try (Transport transport = exchange.open(repository);
                FetchConnection connection = transport.openFetch()) {
            Ref target = connection.getRefsMap().get(refspec.target());
            id = target == null ? null : target.getObjectId();
        }
        if (id == null) {
            return Optional.empty();
        }
        try (CommitsOnly commits = new CommitsOnly(exchange, parent)) {
            return commits.contains(refspec.source(), id) ? Optional.of(id) : Optional.empty();
        }
    }

    private RemoteRefUpdate update(
            String commit, String ref, boolean force, @Nullable String tracking, @Nullable ObjectId expected)
            throws IOException {
        return new RemoteRefUpdate(
                repository, (String) null, ObjectId.fromString(commit), ref, force, tracking, expected);
    }

    /** One push of one ref. */
    @FunctionalInterface
    private interface Update {
        RemoteRefUpdate get() throws IOException;
    }

    private PushOutcome push(Source source, Map<String, String> options, Update update) {
        exchanges++;
        List<String> pushOptions = options.entrySet().stream()
                .map(o -> o.getKey() + '=' + o.getValue())
                .toList();
        Exchange exchange = exchange(source);
        RemoteProblems problems = exchange.problems();
        try {
            return push(exchange, update.get(), pushOptions);
        } catch (TransportException e) {
            if (pushOptions.isEmpty() || !String.valueOf(e.getMessage()).contains(OPTIONS_UNSUPPORTED)) {
                return failed(problems, e);
            }
        } catch (IOException | RuntimeException e) {
            return failed(problems, e);
        }
        try {
            // Flux drops options that a server does not take without a word (flux-git-based 12.3).
            return push(exchange, update.get(), List.of());
        } catch (IOException | RuntimeException e) {
            return failed(problems, e);
        }
    }

    @Override
    public void discard() {
        heads.clear();
        discarded = true;
    }

    private PushOutcome failed(RemoteProblems problems, Exception e) {
        if (!problems.isOfRemote(e)) {
            discard();
        }
        return problems.ofPush(e);
    }

    private PushOutcome push(Exchange exchange, RemoteRefUpdate update, List<String> options) throws IOException {
        try (Transport transport = exchange.open(repository);
                TransferProgress progress = exchange.begin("a push of " + update.getRemoteName() + " to")) {
            if (!options.isEmpty()) {
                transport.setPushOptions(options);
            }
            PushResult result = transport.push(progress, List.of(update));
            if (update.getStatus() == RemoteRefUpdate.Status.REJECTED_NONFASTFORWARD
                    && update.getExpectedOldObjectId() != null) {
                // the remote has what the commit was made on top of: it is the clone that cannot tell any more
                discard();
            }
            return exchange.problems().ofUpdate(update, result.getMessages());
        }
    }

    private ObjectId treeOf(ObjectId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().getId();
        } catch (IOException e) {
            throw new DamagedCloneException("the clone's commit " + commit.name() + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        sessions.close();
        repository.close();
        sweep(folder);
    }
}
