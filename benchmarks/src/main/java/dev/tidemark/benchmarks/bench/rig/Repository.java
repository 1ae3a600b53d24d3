package dev.tidemark.benchmarks.bench.rig;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A bare repository, made and read by Git's own program. */
public final class Repository {

    private static final String BRANCH = "refs/heads/main";
    private static final String SOMEBODY = "somebody-else";

    /** What somebody else changes. */
    public static final String THEIRS = "theirs.txt";

    private static final int BYTES_A_FILE = 720;
    private static final int FILES_A_FOLDER = 100;

    private final Path bare;

    private Repository(Path bare) {
        this.bare = bare;
    }

    /**
     * What lies beside the files that are written: manifests of a kilobyte that hardly compress.
     *
     * @param versions how often each of them was changed, the first time included
     */
    public record Others(int files, int versions) {

        public static final Others NONE = new Others(0, 0);
    }

    static Repository create(Path bare, Map<String, String> files, Others others)
            throws IOException, InterruptedException {
        Repository repository = new Repository(bare);
        Files.createDirectories(bare);
        repository.git("init", "--quiet", "--bare", "--initial-branch=main", ".");
        repository.git("config", "http.receivepack", "true");
        // what is measured is no forge's housekeeping
        repository.git("config", "receive.autogc", "false");
        repository.git("config", "core.logAllRefUpdates", "always");
        Process fill = repository.start("fast-import", "--quiet");
        try (OutputStream out = new BufferedOutputStream(fill.getOutputStream())) {
            Random random = new Random(1);
            for (int version = 0; version < others.versions(); version++) {
                commit(out, "others " + version);
                for (int file = 0; file < others.files(); file++) {
                    byte[] content = new byte[BYTES_A_FILE];
                    random.nextBytes(content);
                    String path = "others/" + file / FILES_A_FOLDER + "/config-" + file + ".yaml";
                    add(
                            out,
                            path,
                            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config-" + file + "}\ndata:\n  value: "
                                    + Base64.getEncoder().encodeToString(content) + '\n');
                }
            }
            commit(out, "begin");
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(out, file.getKey(), file.getValue());
            }
        }
        ended(fill, "fast-import");
        return repository;
    }

    private static void commit(OutputStream out, String message) throws IOException {
        text(
                out,
                "commit " + BRANCH + "\ncommitter bench <bench@example.org> 1700000000 +0000\ndata " + message.length()
                        + '\n' + message + '\n');
    }

    private static void add(OutputStream out, String path, String content) throws IOException {
        text(out, "M 100644 inline " + path + "\ndata " + content.length() + '\n' + content + '\n');
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The file that says what the branch points at. */
    Path reference() {
        return bare.resolve(BRANCH);
    }

    /** Pushes that were taken. */
    public long pushes() throws IOException {
        Path log = bare.resolve("logs").resolve(BRANCH);
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        }
    }

    /** Commits that are in the later one and not in the earlier one. */
    public int commits(String earlier, String later) throws IOException, InterruptedException {
        return Integer.parseInt(
                git("rev-list", "--count", earlier + ".." + later).strip());
    }

    /** Files that differ. */
    public List<String> changed(String earlier, String later) throws IOException, InterruptedException {
        return git("diff", "--name-only", earlier, later).lines().toList();
    }

    public String read(String commit, String path) throws IOException, InterruptedException {
        return git("show", commit + ':' + path);
    }

    /** Files of the branch that contain a text, a line each. */
    public String find(String text) throws IOException, InterruptedException {
        // it answers 1 where nothing is found
        Process process = start("grep", "--fixed-strings", "--files-with-matches", "-e", text, BRANCH);
        process.getOutputStream().close();
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() > 1) {
            throw new IOException("'git grep' answered " + process.exitValue());
        }
        return found;
    }

    /**
     * Somebody else's commit on top of the branch: one that changes a file of his, put there at once, as a server does when
     * a push arrives.
     *
     * @return whether the branch was still where it was looked at
     */
    public boolean pushAsSomebodyElse(String message) throws IOException, InterruptedException {
        String head = git("rev-parse", BRANCH).strip();
        String blob = given(message, "hash-object", "-w", "--stdin").strip();
        String entries = git("ls-tree", head)
                .lines()
                .filter(line -> !line.endsWith("\t" + THEIRS))
                .collect(Collectors.joining("\n", "", "\n"));
        String tree = given(entries + "100644 blob " + blob + '\t' + THEIRS + '\n', "mktree")
                .strip();
        String commit = git(
                        "-c",
                        "user.name=" + SOMEBODY,
                        "-c",
                        "user.email=else@example.org",
                        "commit-tree",
                        tree,
                        "-p",
                        head,
                        "-m",
                        message)
                .strip();
        Process update = start("update-ref", BRANCH, commit, head);
        update.getOutputStream().close();
        return update.waitFor() == 0;
    }

    /** Of somebody else, in the later commit and not in the earlier one. */
    public int commitsOfSomebodyElse(String earlier, String later) throws IOException, InterruptedException {
        return Integer.parseInt(git("rev-list", "--count", "--author=" + SOMEBODY, earlier + ".." + later)
                .strip());
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return given("", arguments);
    }

    private String given(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ended(process, String.join(" ", arguments));
        return output;
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .directory(bare.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        return builder.start();
    }

    private static void ended(Process process, String what) throws IOException, InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("'git " + what + "' answered " + code);
        }
    }
}
