package dev.tidemark.benchmarks.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A container's limit of memory, as close as this machine lets us come: a control group, else what a JVM takes for one. */
enum MemoryLimit {
    CGROUP_V2("a control group (v2)", Path.of("/sys/fs/cgroup"), "memory.max"),
    CGROUP_V1("a control group (v1)", Path.of("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
    FLAG("-XX:MaxRAM", Path.of(""), "");

    private static final String PROCESSES = "cgroup.procs";

    private final String title;
    private final Path root;
    private final String file;

    MemoryLimit(String title, Path root, String file) {
        this.title = title;
        this.root = root;
        this.file = file;
    }

    String title() {
        return title;
    }

    /** The first that can be made here. */
    static MemoryLimit here() {
        for (MemoryLimit limit : values()) {
            if (limit == FLAG || limit.isMade("tidemark-bench-try")) {
                return limit;
            }
        }
        return FLAG;
    }

    private boolean isMade(String name) {
        Path group = root.resolve(name);
        try {
            Files.createDirectory(group);
            boolean limits = Files.isWritable(group.resolve(file));
            Files.delete(group);
            return limits;
        } catch (IOException no) {
            return false;
        }
    }

    /** The command of a JVM that has no more than this; {@code java} is its first word. */
    List<String> around(List<String> java, String name, long mebibytes) throws IOException {
        List<String> command = new ArrayList<>();
        if (this == FLAG) {
            command.addAll(java);
            command.add(1, "-XX:MaxRAM=" + mebibytes + "m");
            return command;
        }
        Path group = group(name);
        Files.createDirectories(group);
        Files.writeString(group.resolve(file), String.valueOf(mebibytes << 20));
        command.addAll(List.of("sh", "-c", "echo $$ > " + group.resolve(PROCESSES) + " && exec \"$@\"", "sh"));
        command.addAll(java);
        return command;
    }

    private Path group(String name) {
        return root.resolve("tidemark-bench-" + ProcessHandle.current().pid() + '-' + name);
    }

    /** When its processes have ended. */
    void remove(String name) {
        try {
            if (this != FLAG) {
                Files.deleteIfExists(group(name));
            }
        } catch (IOException stays) {
            // an empty group is nobody's burden
        }
    }
}
