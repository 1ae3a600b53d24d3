package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of a few megabytes, seen only by the commands that are run in it: a mount namespace of its own, which is
 * gone with its one process.
 */
final class SmallDisk {

    /** An unprivileged user where the machine allows it, else root. */
    private static final List<Way> WAYS =
            List.of(new Way("-Urm", List.of("--preserve-credentials", "-U", "-m")), new Way("-m", List.of("-m")));

    private static final long SECONDS = 60;

    private final Programs programs;
    private final Path folder;
    private final List<String> inside;

    /** How to make a namespace and how to enter it. */
    private record Way(String unshare, List<String> enter) {}

    private SmallDisk(Programs programs, Path folder, List<String> inside) {
        this.programs = programs;
        this.folder = folder;
        this.inside = inside;
    }

    /** Mounts it. Where that is not allowed the test is skipped with the reason, and fails where CI=true. */
    static SmallDisk mount(Programs programs, Path folder, int megabytes) throws IOException {
        Path unshare = Tools.require("unshare", "util-linux");
        Path nsenter = Tools.require("nsenter", "util-linux");
        Files.createDirectories(folder);
        String script =
                "mount -t tmpfs -o size=" + megabytes + "m tmpfs '" + folder + "' && echo mounted && exec sleep 3600";
        for (Way way : WAYS) {
            Program holder = programs.start(List.of(unshare.toString(), way.unshare(), "sh", "-c", script));
            await().until(() -> !holder.isAlive() || holder.printed().contains("mounted"));
            if (holder.isAlive()) {
                List<String> inside = new ArrayList<>(List.of(nsenter.toString()));
                inside.addAll(way.enter());
                inside.addAll(List.of("-t", Long.toString(holder.process().pid())));
                return new SmallDisk(programs, folder, inside);
            }
        }
        Tools.lack("a user namespace or root to mount a small file system");
        throw new IllegalStateException("unreachable");
    }

    /** What stands before a command that is to see the disk. */
    String[] inside() {
        return inside.toArray(String[]::new);
    }

    /** Leaves no byte. */
    void fill() throws IOException, InterruptedException {
        // dd ends with an error when the disk is full, which is what it is for here
        String unused = run("dd if=/dev/zero of='" + ballast() + "' bs=4k 2>&1; df '" + folder + "'");
        assertThat(run("df --output=avail '" + folder + "' | tail -1").strip()).isEqualTo("0");
    }

    void makeRoom() throws IOException, InterruptedException {
        String unused = run("rm '" + ballast() + "'");
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private String run(String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(inside);
        command.addAll(List.of("sh", "-c", script));
        Program program = programs.start(command);
        assertThat(program.exitCode(SECONDS)).as(program.output()).isZero();
        return program.printed();
    }
}
