package dev.tidemark.committer.git;

import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** GnuPG's own program with a home of its own, which makes keys and checks signatures. */
final class GnuPg implements AutoCloseable {

    private final Path program;
    private final Path home;

    GnuPg(Path folder) {
        this.program = Tools.require("gpg", "gnupg");
        this.home = folder.resolve("gnupg");
        try {
            Files.createDirectory(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key and returns its fingerprint. */
    String generate(String name, String algorithm, String usage, String passphrase) {
        run("--passphrase", passphrase, "--quick-generate-key", name, algorithm, usage, "never");
        return run("--with-colons", "--list-secret-keys", name)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
    }

    /** Adds a subkey. */
    void add(String fingerprint, String algorithm, String usage, String passphrase) {
        run("--passphrase", passphrase, "--quick-add-key", fingerprint, algorithm, usage, "never");
    }

    String exported(String passphrase, String... names) {
        List<String> arguments =
                new ArrayList<>(List.of("--passphrase", passphrase, "--armor", "--export-secret-keys"));
        arguments.addAll(List.of(names));
        return run(arguments.toArray(String[]::new));
    }

    /** A program that Git can call to check signatures against this home. */
    Path wrapper() {
        try {
            Path script = home.resolve("wrapper");
            Files.writeString(script, "#!/bin/sh\nexec " + program + " --homedir " + home + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--quiet", "--batch", "--pinentry-mode", "loopback"));
        all.addAll(List.of(arguments));
        return call(program, all);
    }

    @Override
    public void close() {
        // the agent that it started for this home
        call(program.resolveSibling("gpgconf"), List.of("--kill", "gpg-agent"));
    }

    private String call(Path command, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(command.toString(), "--homedir", home.toString()));
        all.addAll(arguments);
        try {
            Process process = new ProcessBuilder(all)
                    .redirectError(home.resolve("errors").toFile())
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(all + ": " + Files.readString(home.resolve("errors")));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
