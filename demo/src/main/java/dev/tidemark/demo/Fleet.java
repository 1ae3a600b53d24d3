package dev.tidemark.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.InvalidRefNameException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The bare Git repository of the demo's cluster, with one marked Deployment. */
public final class Fleet implements AutoCloseable {

    private static final Pattern IMAGE =
            Pattern.compile("image:\\s*(\\S+)\\s*#\\s*\\{\"\\$imagepolicy\": \"flux-system:my-app\"}");

    private final Path folder;
    private final Repository repository;

    /**
     * A commit on the push branch.
     *
     * @param image what the marked field says in it
     * @param file the path of the changed file
     * @param diff the lines that were removed and added, with their signs
     */
    public record Commit(
            String id, String branch, String author, String message, String image, String file, List<String> diff) {}

    private Fleet(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** Opens the repository of a demo that runs. */
    public static Fleet open(Path folder) throws IOException {
        return new Fleet(folder, builder(folder).build());
    }

    /**
     * Opens the repository before the services run, and makes it first where it is missing; what an earlier run left half
     * done is cleared.
     */
    public static Fleet prepare(Path folder, Instant now) throws IOException {
        if (!Files.exists(folder)) {
            Path draft = folder.resolveSibling(folder.getFileName() + ".new");
            delete(draft);
            try (Repository repository = builder(draft).build()) {
                repository.create(true);
                firstCommit(repository, now);
            }
            Files.move(draft, folder);
        }
        removeStaleLocks(folder);
        return open(folder);
    }

    private static FileRepositoryBuilder builder(Path folder) throws IOException {
        try {
            return new FileRepositoryBuilder()
                    .setBare()
                    .setGitDir(folder.toFile())
                    .setInitialBranch(Scenario.MAIN_BRANCH);
        } catch (InvalidRefNameException e) {
            throw new IOException("the demo's branch has a name that Git refuses", e);
        }
    }

    private static void firstCommit(Repository repository, Instant now) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder entries = index.builder();
            for (String path : List.of("README.md", Scenario.DEPLOYMENT)) {
                DirCacheEntry entry = new DirCacheEntry(path);
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, template(path)));
                entries.add(entry);
            }
            entries.finish();
            PersonIdent author = new PersonIdent("Tidemark demo", "demo@tidemark.invalid", now, ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("Deploy my-app " + Scenario.FIRST_VERSION + " to staging\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.R_HEADS + Scenario.MAIN_BRANCH);
            update.setNewObjectId(id);
            RefUpdate.Result result = update.update();
            if (result != RefUpdate.Result.NEW) {
                throw new IOException("branch main could not be made: " + result);
            }
        }
    }

    private static byte[] template(String path) throws IOException {
        try (var stream = Fleet.class.getResourceAsStream("/fleet/" + path)) {
            if (stream == null) {
                throw new IOException("the demo's template " + path + " is missing");
            }
            return stream.readAllBytes();
        }
    }

    /** A process killed in the middle of a push leaves a branch's lock behind, which would refuse all later pushes. */
    private static void removeStaleLocks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("refs"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".lock")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    public Path folder() {
        return folder;
    }

    /** The commit a branch points at, empty when there is no such branch. Costs one small file, for tight polling. */
    public Optional<String> tip(String branch) {
        try {
            String id = Files.readString(folder.resolve("refs/heads").resolve(branch))
                    .strip();
            return id.isEmpty() ? Optional.empty() : Optional.of(id);
        } catch (NoSuchFileException absentOrPacked) {
            return packedTip(branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> packedTip(String branch) {
        if (!Files.exists(folder.resolve("packed-refs"))) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(repository.resolve(Constants.R_HEADS + branch))
                    .map(ObjectId::name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image that the marked field names on the push branch, or on main while there is no such branch. */
    public String deployedImage() throws IOException {
        String tip = tip(Scenario.PUSH_BRANCH)
                .or(() -> tip(Scenario.MAIN_BRANCH))
                .orElseThrow(() -> new IOException("the repository " + folder + " has no branch main"));
        try (RevWalk walk = new RevWalk(repository)) {
            return imageIn(walk.parseCommit(ObjectId.fromString(tip)));
        }
    }

    /** Reads a commit and what it changed. */
    public Commit read(String branch, String id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
            RevCommit parent = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            String file = "";
            try (DiffFormatter formatter = new DiffFormatter(text)) {
                formatter.setRepository(repository);
                formatter.setContext(0);
                for (DiffEntry entry : formatter.scan(parent == null ? null : parent.getTree(), commit.getTree())) {
                    file = entry.getNewPath();
                    formatter.format(entry);
                }
            }
            PersonIdent author = commit.getAuthorIdent();
            return new Commit(
                    id,
                    branch,
                    author.getName() + " <" + author.getEmailAddress() + ">",
                    commit.getShortMessage(),
                    imageIn(commit),
                    file,
                    changedLines(text.toString(StandardCharsets.UTF_8)));
        }
    }

    private static List<String> changedLines(String diff) {
        return diff.lines()
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .filter(line -> !line.startsWith("+++") && !line.startsWith("---"))
                .toList();
    }

    private String imageIn(RevCommit commit) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(repository, Scenario.DEPLOYMENT, commit.getTree())) {
            if (walk == null) {
                return "";
            }
            byte[] bytes = repository.open(walk.getObjectId(0)).getBytes();
            Matcher image = IMAGE.matcher(new String(bytes, StandardCharsets.UTF_8));
            return image.find() ? image.group(1) : "";
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
