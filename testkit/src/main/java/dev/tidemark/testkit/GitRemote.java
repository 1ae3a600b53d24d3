package dev.tidemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare repository that is written and read by Git's own program, as somebody else's remote is. */
public final class GitRemote {

    private final Path program;
    private final Path bare;
    private final Path work;

    private GitRemote(Path program, Path bare, Path work) {
        this.program = program;
        this.bare = bare;
        this.work = work;
    }

    /** Makes an empty remote {@code name.git} below a folder. */
    public static GitRemote create(Path folder, String name) {
        Path bare = folder.resolve(name + ".git");
        GitRemote remote = new GitRemote(Tools.require("git", "git"), bare, folder.resolve(name + "-work"));
        remote.run(folder, "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        remote.run(bare, "config", "http.receivepack", "true");
        remote.run(bare, "config", "receive.advertisePushOptions", "true");
        remote.run(folder, "clone", "--quiet", bare.toString(), remote.work.toString());
        return remote;
    }

    public Path folder() {
        return bare;
    }

    /** {@code file:///…}. */
    public URI url() {
        return URI.create("file://" + bare);
    }

    /** Commits files to a branch, which is made from the present checkout when it does not exist, and pushes. */
    public String commit(String branch, String message, Map<String, String> files) {
        run(work, "fetch", "--quiet", "--prune", "origin");
        boolean exists = branches().contains(branch);
        if (exists) {
            run(work, "checkout", "--quiet", "-B", branch, "origin/" + branch);
        } else {
            run(work, "checkout", "--quiet", "-B", branch);
        }
        files.forEach(this::write);
        run(work, "add", "--all");
        run(work, "commit", "--quiet", "--message", message);
        run(work, "push", "--quiet", "origin", branch);
        return head(branch);
    }

    private void write(String path, String text) {
        try {
            Path file = work.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> branches() {
        return run(bare, "for-each-ref", "--format=%(refname:short)", "refs/heads")
                .lines()
                .toList();
    }

    /** Id of a branch's head. */
    public String head(String branch) {
        return run(bare, "rev-parse", "--verify", "refs/heads/" + branch).strip();
    }

    /** A file's text on a branch. */
    public String read(String branch, String path) {
        return run(bare, "show", branch + ":" + path);
    }

    /** The exact messages of a branch's commits, newest first. */
    public List<String> messages(String branch) {
        List<String> messages = new ArrayList<>();
        for (String id : run(bare, "rev-list", branch).lines().toList()) {
            String commit = run(bare, "cat-file", "commit", id);
            messages.add(commit.substring(commit.indexOf("\n\n") + 2));
        }
        return messages;
    }

    /** Runs Git in the bare repository, to look at or to set up what the methods here do not. */
    public String git(String... arguments) {
        return run(bare, arguments);
    }

    /** The same, at another time: what it makes is of then. */
    public String gitAt(Instant time, String... arguments) {
        return run(bare, Map.of("GIT_AUTHOR_DATE", time.toString(), "GIT_COMMITTER_DATE", time.toString()), arguments);
    }

    private String run(Path folder, String... arguments) {
        return run(folder, Map.of(), arguments);
    }

    private String run(Path folder, Map<String, String> more, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
            for (String who : List.of("AUTHOR", "COMMITTER")) {
                environment.put("GIT_" + who + "_NAME", "somebody");
                environment.put("GIT_" + who + "_EMAIL", "somebody@example.org");
            }
            environment.putAll(more);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
