package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process with all below it, as the kernel sees them (Linux). */
public record ProcessTree(ProcessHandle root) {

    /** The kernel counts processor time in these, on every architecture that we run on. */
    private static final double SECONDS_A_TICK = 0.01;

    private static final int UTIME = 11;
    private static final int CSTIME = 14;
    private static final double KIB_A_MIB = 1024;

    /** Seconds of processor time, also of what has ended. */
    public double processorSeconds() throws IOException {
        double sum = 0;
        for (ProcessHandle process : all().toList()) {
            String stat = read(process, "stat");
            if (!stat.isEmpty()) {
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                for (int field = UTIME; field <= CSTIME; field++) {
                    sum += Long.parseLong(fields[field]) * SECONDS_A_TICK;
                }
            }
        }
        return sum;
    }

    /** MiB of memory that are resident now. */
    public double residentMebibytes() throws IOException {
        return sum("VmRSS:");
    }

    /** MiB of memory that were resident at most. */
    public double peakMebibytes() throws IOException {
        return sum("VmHWM:");
    }

    private double sum(String line) throws IOException {
        double sum = 0;
        for (ProcessHandle process : all().toList()) {
            sum += read(process, "status")
                            .lines()
                            .filter(l -> l.startsWith(line))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                            .sum()
                    / KIB_A_MIB;
        }
        return sum;
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static String read(ProcessHandle process, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return "";
        }
    }
}
