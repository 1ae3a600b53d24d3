package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder this project was built in. */
public record Installation(Path home) {

    /** Set by the {@code tidemark} script. */
    private static final String HOME = "tidemark.home";

    public static Installation find() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new UserError("the command does not know its folder: start it with the script './tidemark'.");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** The services in one. */
    Path allInOne() {
        Path jar = home.resolve("all-in-one/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new UserError(jar + " is not built: run './tidemark test' to see what the build says.");
        }
        return jar;
    }

    /** What the JVM knows of it from the run after building; may be missing. */
    Path allInOneClasses() {
        return home.resolve("all-in-one/target/tidemark.aot");
    }

    /** The examples that the demo loads unchanged. */
    public Path example(String name) {
        return home.resolve("examples").resolve(name);
    }
}
