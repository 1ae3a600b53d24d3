package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A bare clone of depth 1 in a new folder of its own, deleted at the end. What a killed process left is not used again: it
 * could hold locks, and a shallow clone is quicker than checking that it does not. One thread at a time.
 */
public final class BareClone implements WorkingClone {

    /** Each push leaves a handful of loose objects and each fetch a pack; now and then a new clone is the cheapest broom. */
    private static final int RENEW_AFTER = 500;

    /** What a killed process leaves unrecorded is found among these as a rule. */
    private static final int FEW_COMMITS = 50;

    private static final String MISSING_REF = "does not have";
    private static final String OPTIONS_UNSUPPORTED = "Push options not supported";

    private final Path folder;
    private final MarkerIndex index = new MarkerIndex();
    private final Map<String, String> heads = new TreeMap<>();
    private final Transports transports;
    private final SshSessions sessions = new SshSessions();
    private FileRepository repository;
    private int exchanges;

    private BareClone(Path folder, Transports transports, FileRepository repository) {
        this.folder = folder;
        this.transports = transports;
        this.repository = repository;
    }

    /** An empty clone in a new folder below {@code parent}. */
    public static BareClone below(Path parent, Transports transports) {
        IsolatedConfiguration.install();
        try {
            Files.createDirectories(parent);
            Path folder = Files.createTempDirectory(parent, "clone");
            return new BareClone(folder, transports, create(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("no clone can be made in " + parent + ": " + e.getMessage(), e);
        }
    }

    /** Deletes what clones of earlier lives left below {@code parent}. */
    public static void sweep(Path parent) {
        try {
            delete(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(parent + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> heads() {
        return Map.copyOf(heads);
    }

    @Override
    public FetchOutcome fetch(Source source, Set<String> refs) {
        if (++exchanges > RENEW_AFTER) {
            renew();
        }
        OriginConnections connections = transports.connections(source);
        try (Transport transport = transports.open(repository, source, connections, sessions)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (!heads.keySet().containsAll(refs)) {
                // Only refs that are new to the clone: repeating the depth would add a shallow boundary each time.
                transport.setDepth(1);
            }
            FetchResult result = fetchThoseThatExist(transport, refs);
            heads.keySet().removeAll(refs);
            for (String ref : refs) {
                Ref advertised = result == null ? null : result.getAdvertisedRef(ref);
                ObjectId id = advertised == null ? null : advertised.getObjectId();
                if (id != null) {
                    heads.put(ref, commitOf(id));
                }
            }
            return new FetchOutcome.Fetched(heads());
        } catch (IOException | IllegalArgumentException e) {
            return problems(source, connections).ofFetch(e);
        }
    }

    private RemoteProblems problems(Source source, OriginConnections connections) {
        return new RemoteProblems(source, connections, () -> transports.refused(source));
    }

    private void renew() {
        try {
            repository.close();
            delete(folder);
            Files.createDirectories(folder);
            repository = create(folder);
            heads.clear();
            exchanges = 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the clone in " + folder + " cannot be renewed: " + e.getMessage(), e);
        }
    }

    private static @Nullable FetchResult fetchThoseThatExist(Transport transport, Set<String> refs) throws IOException {
        try {
            return transport.fetch(NullProgressMonitor.INSTANCE, specs(refs.stream()));
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains(MISSING_REF)) {
                throw e;
            }
        }
        Set<String> existing;
        try (FetchConnection connection = transport.openFetch()) {
            existing = Set.copyOf(connection.getRefsMap().keySet());
        }
        List<RefSpec> specs = specs(refs.stream().filter(existing::contains));
        return specs.isEmpty() ? null : transport.fetch(NullProgressMonitor.INSTANCE, specs);
    }

    private static List<RefSpec> specs(Stream<String> refs) {
        return refs.map(ref -> new RefSpec('+' + ref + ':' + tracking(ref))).toList();
    }

    private static String tracking(String ref) {
        return "refs/remotes/origin/" + (ref.startsWith("refs/") ? ref.substring("refs/".length()) : ref);
    }

    /** The commit behind a ref: an annotated tag is peeled. */
    private String commitOf(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(id).name();
        }
    }

    @Override
    public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
        OriginConnections connections = transports.connections(source);
        try {
            CommitHistory local = CommitHistory.of(repository, heads.getOrDefault(ref, ""), known, limit);
            return new HistoryOutcome.Read(
                    local.isWhole() ? local.commits() : fetchedHistory(source, connections, ref, known, limit));
        } catch (IOException | IllegalArgumentException e) {
            return problems(source, connections).ofHistory(e);
        }
    }

    /**
     * Reads back in a clone of its own, which has commits and nothing else where the server can leave the rest out: a clone
     * that lacks trees could not be pushed from.
     */
    private List<FoundCommit> fetchedHistory(
            Source source, OriginConnections connections, String ref, @Nullable String known, int limit)
            throws IOException {
        Path temporary = Files.createTempDirectory(folder.getParent(), "history");
        try (FileRepository commits = create(temporary)) {
            CommitHistory history = CommitHistory.NONE;
            for (int depth = Math.min(FEW_COMMITS, limit); !history.isWhole(); depth = limit) {
                Ref head = fetchCommits(commits, source, connections, ref, depth);
                ObjectId id = head == null ? null : head.getObjectId();
                history = CommitHistory.of(commits, id == null ? "" : id.name(), known, limit);
                if (depth == limit) {
                    break;
                }
            }
            return history.commits();
        } finally {
            delete(temporary);
        }
    }

    private @Nullable Ref fetchCommits(
            FileRepository commits, Source source, OriginConnections connections, String ref, int depth)
            throws IOException {
        try {
            return fetchCommits(commits, source, connections, ref, depth, FilterSpec.fromFilterLine("tree:0"));
        } catch (TransportException refused) {
            // Git's own server leaves nothing out unless its administrator allows it, and says so in more than one way;
            // where the reason is another, it is said again
            return fetchCommits(commits, source, connections, ref, depth, FilterSpec.NO_FILTER);
        }
    }

    private @Nullable Ref fetchCommits(
            FileRepository commits,
            Source source,
            OriginConnections connections,
            String ref,
            int depth,
            FilterSpec filter)
            throws IOException {
        try (Transport transport = transports.open(commits, source, connections, sessions)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(depth);
            transport.setFilterSpec(filter);
            return transport
                    .fetch(NullProgressMonitor.INSTANCE, specs(Stream.of(ref)))
                    .getAdvertisedRef(ref);
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
            throw new UncheckedIOException("the clone in " + folder + " cannot be written", e);
        }
    }

    @Override
    public PushOutcome push(
            Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
        ObjectId from = expected == null ? ObjectId.zeroId() : ObjectId.fromString(expected);
        PushOutcome outcome = push(source, options, () -> update(commit, ref, false, tracking(ref), from));
        if (outcome instanceof PushOutcome.Accepted) {
            heads.put(ref, commit);
        }
        return outcome;
    }

    @Override
    public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
        return push(source, options, () -> update(commit, refspec.target(), refspec.force(), null, null));
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
        OriginConnections connections = transports.connections(source);
        RemoteProblems problems = problems(source, connections);
        try {
            return push(source, connections, update.get(), pushOptions);
        } catch (TransportException e) {
            if (pushOptions.isEmpty() || !String.valueOf(e.getMessage()).contains(OPTIONS_UNSUPPORTED)) {
                return problems.ofPush(e);
            }
        } catch (IOException | IllegalArgumentException e) {
            return problems.ofPush(e);
        }
        try {
            // Flux drops options that a server does not take without a word (flux-git-based 12.3).
            return push(source, connections, update.get(), List.of());
        } catch (IOException | IllegalArgumentException e) {
            return problems.ofPush(e);
        }
    }

    private PushOutcome push(Source source, OriginConnections connections, RemoteRefUpdate update, List<String> options)
            throws IOException {
        try (Transport transport = transports.open(repository, source, connections, sessions)) {
            if (!options.isEmpty()) {
                transport.setPushOptions(options);
            }
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return problems(source, connections).ofUpdate(update, result.getMessages());
        }
    }

    private ObjectId treeOf(ObjectId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().getId();
        } catch (IOException e) {
            throw new UncheckedIOException("the clone's commit " + commit.name() + " cannot be read", e);
        }
    }

    private static FileRepository create(Path folder) throws IOException {
        FileRepository repository = new FileRepository(folder.toFile());
        repository.create(true);
        // a clone lives for a while only, see RENEW_AFTER; JGit's own broom would hold locks in it
        repository.getConfig().setInt("gc", null, "auto", 0);
        return repository;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (File file :
                    paths.sorted(Comparator.reverseOrder()).map(Path::toFile).toList()) {
                Files.deleteIfExists(file.toPath());
            }
        }
    }

    @Override
    public void close() {
        sessions.close();
        repository.close();
        sweep(folder);
    }
}
