package dev.tidemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's own program that makes keys. */
public final class SshKeygen {

    private final Path program = Tools.require("ssh-keygen", "openssh-client");
    private final Path folder;
    private int keys;

    /**
     * A key pair as the program writes it.
     *
     * @param identity the private half
     * @param authorized the public half, a line of {@code authorized_keys}
     */
    public record Key(String identity, String authorized) {}

    /** Puts keys into a folder. */
    public SshKeygen(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a key.
     *
     * @param passphrase may be empty
     * @param options as the program has them, for example {@code -t ed25519}
     */
    public Key key(String passphrase, String... options) {
        Path file = folder.resolve("key" + keys++);
        write(file, passphrase, options);
        try {
            return new Key(Files.readString(file), Files.readString(Path.of(file + ".pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, String passphrase, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-q", "-f", file.toString(), "-N", passphrase));
        arguments.addAll(List.of(options));
        run(arguments.toArray(String[]::new));
    }

    void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a key was made", e);
        }
    }
}
