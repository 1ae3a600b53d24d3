package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clone is a cache: what becomes of its files costs a run time, and nothing else. What a remote sends is bounded. */
class DamagedCloneIT {

    private static final String MAIN = "refs/heads/main";

    /** As {@code BranchWriter} does it: five. */
    private static final int ATTEMPTS = 5;

    @TempDir
    private Path folder;

    private GitRemote remote;

    @BeforeEach
    void begin() {
        remote = GitRemote.create(folder, "fleet");
        String unused = remote.commit("main", "begin\n", Map.of("apps/web.yaml", MarkedFile.TEXT, "README", "x"));
    }

    /** What happens to the files of a clone. */
    private enum Damage {
        FOLDER_GONE {
            @Override
            void to(Path clone) throws IOException {
                delete(clone);
            }
        },
        OBJECTS_GONE {
            @Override
            void to(Path clone) throws IOException {
                delete(clone.resolve("objects"));
            }
        },
        PACKS_TRUNCATED {
            @Override
            void to(Path clone) {
                each(clone.resolve("objects"), Damage::truncate);
            }
        },
        PACKS_OVERWRITTEN {
            @Override
            void to(Path clone) {
                each(clone.resolve("objects"), Damage::overwrite);
            }
        },
        REFS_BROKEN {
            @Override
            void to(Path clone) {
                each(clone.resolve("refs"), Damage::overwrite);
            }
        },
        CONFIGURATION_BROKEN {
            @Override
            void to(Path clone) throws IOException {
                Files.writeString(clone.resolve("config"), "[core\n\tbare = ");
            }
        },
        HEAD_EMPTY {
            @Override
            void to(Path clone) throws IOException {
                Files.writeString(clone.resolve("HEAD"), "");
            }
        },
        SHALLOW_BROKEN {
            @Override
            void to(Path clone) throws IOException {
                Files.writeString(clone.resolve("shallow"), "nonsense\n");
            }
        },
        LOCKS_LEFT {
            @Override
            void to(Path clone) throws IOException {
                each(clone.resolve("refs"), file -> Files.writeString(Path.of(file + ".lock"), ""));
                Files.writeString(clone.resolve("shallow.lock"), "");
                Files.writeString(clone.resolve("HEAD.lock"), "");
                Files.writeString(clone.resolve("config.lock"), "");
                Files.writeString(clone.resolve("packed-refs.lock"), "");
            }
        };

        abstract void to(Path clone) throws IOException;

        private interface Change {
            void of(Path file) throws IOException;
        }

        private static void each(Path folder, Change change) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    var unused = file.toFile().setWritable(true);
                    change.of(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void truncate(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }
        }

        private static void overwrite(Path file) throws IOException {
            byte[] noise = new byte[(int) Files.size(file)];
            Arrays.fill(noise, (byte) 0x5a);
            Files.write(file, noise);
        }

        private static void delete(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Source source(URI url) {
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(url.toString()),
                new Access(new Access.Login.Anonymous()),
                Duration.ofSeconds(60));
    }

    private Path only(Path clones) throws IOException {
        try (Stream<Path> files = Files.list(clones)) {
            return files.filter(file -> file.getFileName().toString().startsWith("clone"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Somebody pushes meanwhile, so that the clone has to fetch into what is left of it. */
    @ParameterizedTest
    @EnumSource
    void whateverBecomesOfItsFilesTheNextRunWrites(Damage damage) throws Exception {
        Path clones = folder.resolve("clones");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(clones, TestTransports.make())) {
            Source source = source(server.url("fleet.git"));
            writes(clone, source, "v2", true);
            damage.to(only(clones));
            String unused = remote.commit("main", "theirs", Map.of("README", "y"));

            writes(clone, source, "v3", true);
            damage.to(only(clones));
            writes(clone, source, "v4", false);

            assertThat(remote.read("main", "apps/web.yaml")).isEqualTo(MarkedFile.TEXT.replace("v1", "v4"));
            assertThat(remote.read("main", "README")).isEqualTo("y");
            remote.git("fsck", "--strict");
        }
    }

    /** Nobody pushes, so nothing is fetched; and all that a run reads was written since. */
    @Test
    void aPackThatIsDamagedBelowWhatWasPushedSinceIsMadeAnew() throws Exception {
        Path clones = folder.resolve("clones");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(clones, TestTransports.make())) {
            Source source = source(server.url("fleet.git"));
            writes(clone, source, "v2", true);
            Damage.each(only(clones).resolve("objects/pack"), file -> {
                if (file.toString().endsWith(".pack")) {
                    Damage.overwrite(file);
                }
            });
            new WindowCacheConfig().install(); // what was read of it is forgotten

            writes(clone, source, "v3", false);

            assertThat(remote.read("main", "apps/web.yaml")).isEqualTo(MarkedFile.TEXT.replace("v1", "v3"));
            remote.git("fsck", "--strict");
        }
    }

    /** One run: what is damaged is discarded, and tried again. */
    private static void writes(BareClone clone, Source source, String tag, boolean fetchFirst) {
        boolean fetch = fetchFirst;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (fetch || !clone.heads().containsKey(MAIN)) {
                assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN))))
                        .isInstanceOf(FetchOutcome.Fetched.class);
            }
            fetch = true;
            try {
                String head = clone.heads().getOrDefault(MAIN, "");
                String commit = MarkedFile.edited(clone, head, tag);
                if (clone.push(source, MAIN, commit, head, Map.of()) instanceof PushOutcome.Accepted) {
                    return;
                }
            } catch (DamagedCloneException damaged) {
                clone.discard();
            }
        }
        throw new AssertionError(tag + " is not written after " + ATTEMPTS + " attempts");
    }

    @Test
    void anEmptyRepositoryHasNoHeads() {
        GitRemote empty = GitRemote.create(folder, "empty");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            assertThat(empty.branches()).isEmpty();
            assertThat(clone.fetch(source(server.url("empty.git")), Set.of(new Checkout.Ref(MAIN))))
                    .isEqualTo(new FetchOutcome.Fetched(Map.of(), Map.of()));
        }
    }

    @Test
    void aRemoteThatSendsTooMuchIsRefusedInWords() throws Exception {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        String unused = remote.commit(
                "main", "large", Map.of("large", Base64.getEncoder().encodeToString(noise)));
        isRefused(
                new PackLimits(100_000, 1_000),
                "the remote sends more than 0 MiB: raise tidemark.git-committer.max-pack");
        isRefused(new PackLimits(1_000_000, 3), "the remote sends 6 objects, and no more than 3 are taken");
    }

    private void isRefused(PackLimits limits, String words) throws IOException {
        Path clones = folder.resolve("clones" + limits.objects());
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(clones, TestTransports.taking(limits))) {
            assertThat(clone.fetch(source(server.url("fleet.git")), Set.of(new Checkout.Ref(MAIN))))
                    .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                            .contains(words));
            try (Stream<Path> left = Files.walk(clones)) {
                assertThat(left.filter(file -> file.toString().endsWith(".pack")))
                        .isEmpty();
            }
        }
    }

    /** However often it is fetched, it never has more than twice of what is taken at once. */
    @Test
    void aCloneThatHasReceivedSoMuchIsMadeAnew() throws Exception {
        Path clones = folder.resolve("clones");
        PackLimits limits = new PackLimits(300_000, 1_000);
        Random random = new Random(1);
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(clones, TestTransports.taking(limits))) {
            for (int i = 0; i < 6; i++) {
                byte[] noise = new byte[100_000];
                random.nextBytes(noise);
                String unused = remote.commit(
                        "main", "next", Map.of("large", Base64.getEncoder().encodeToString(noise)));
                assertThat(clone.fetch(source(server.url("fleet.git")), Set.of(new Checkout.Ref(MAIN))))
                        .isInstanceOf(FetchOutcome.Fetched.class);
                assertThat(size(clones)).isLessThan(2 * limits.bytes());
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> List.of(".pack", ".idx").stream().anyMatch(file.toString()::endsWith))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
