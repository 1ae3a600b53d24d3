package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process of the services below a command that was started, as the kernel sees it (Linux). */
public record ServicesProcess(Process command) {

    /** The kernel counts processor time in these, on every architecture that we run on. */
    private static final int MILLIS_A_TICK = 10;

    private static final int STOP_SECONDS = 60;

    /** Processor time that the services took so far. */
    public Duration processorTime() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK);
    }

    /** A line of the kernel's status of the process, such as {@code VmRSS}. */
    public String status(String name) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(name + ':'))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    /** Whether the services are there; beside them there are programs of the script's. */
    public boolean isStarted() {
        return services().isPresent();
    }

    private Optional<ProcessHandle> services() {
        return command.descendants().filter(ServicesProcess::isAllInOne).findFirst();
    }

    private static boolean isAllInOne(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("quarkus-run.jar");
        } catch (IOException gone) {
            return false;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(services().orElseThrow().pid()), file);
    }

    /** Asks the command to end, and makes it end. */
    public void stop() {
        command.destroy();
        command.onExit()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> command.destroyForcibly())
                .join();
    }
}
