package dev.tidemark.allinone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a port of this machine, where the system says so: Linux, of processes of the same user. */
record PortHolder(long pid, String program) {

    /** The state of a socket that listens, in the tables of Linux. */
    private static final String LISTENING = "0A";

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private static final Path PROCESSES = Path.of("/proc");

    /** Empty where nobody listens, or where it cannot be known. */
    static Optional<PortHolder> of(int port) {
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> sockets(PROCESSES.resolve("net").resolve(table), port).stream())
                .flatMap(socket -> ProcessHandle.allProcesses().filter(process -> holds(process.pid(), socket)))
                .map(process -> new PortHolder(process.pid(), program(process)))
                .findFirst();
    }

    /** As links to open files name them. */
    private static List<String> sockets(Path table, int port) {
        String local = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE
                            && fields[LOCAL_ADDRESS].endsWith(local)
                            && fields[STATE].equals(LISTENING))
                    .map(fields -> "socket:[" + fields[INODE] + ']')
                    .toList();
        } catch (IOException absent) {
            return List.of();
        }
    }

    private static boolean holds(long pid, String socket) {
        Path files = PROCESSES.resolve(Long.toString(pid)).resolve("fd");
        try (Stream<Path> open = Files.list(files)) {
            return open.anyMatch(file -> socket.equals(target(file)));
        } catch (IOException | UncheckedIOException somebodyElses) {
            return false;
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse("");
    }

    @Override
    public String toString() {
        return "process " + pid + (program.isEmpty() ? "" : ", " + program);
    }
}
