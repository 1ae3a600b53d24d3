package dev.tidemark.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The compose file holds together: known members, references that exist, settings that exist, no default password. */
@org.jspecify.annotations.NullUnmarked
class ComposeFileTest {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root", ".."));
    private static final Set<String> TOP_LEVEL =
            Set.of("name", "services", "networks", "volumes", "x-service", "x-settings");
    private static final Set<String> OF_A_SERVICE = Set.of(
            "image",
            "build",
            "restart",
            "networks",
            "environment",
            "ports",
            "volumes",
            "healthcheck",
            "depends_on",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt");
    private static final Set<String> OUR_SERVICES =
            Set.of("registry-watcher", "policy-evaluator", "git-committer", "gitless-renderer");

    private Map<String, Object> compose = Map.of();

    @BeforeEach
    void read() throws IOException {
        compose = map(YamlReader.first(Files.readString(ROOT.resolve("docker-compose.yml")), YamlDialect.KYAML));
    }

    @Test
    void hasOnlyMembersThatComposeKnows() {
        assertThat(TOP_LEVEL).containsAll(compose.keySet());
        services().forEach((name, service) -> assertThat(OF_A_SERVICE).as(name).containsAll(service.keySet()));
    }

    @Test
    void refersOnlyToWhatExists() {
        services().forEach((name, service) -> {
            assertThat(map(compose.get("networks")).keySet()).as(name).containsAll(texts(service.get("networks")));
            assertThat(services().keySet())
                    .as(name)
                    .containsAll(
                            map(service.getOrDefault("depends_on", Map.of())).keySet());
            texts(service.get("volumes")).forEach(volume -> {
                String source = volume.split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(ROOT.resolve(source)).exists();
                } else {
                    assertThat(map(compose.get("volumes"))).containsKey(source);
                }
            });
            if (service.containsKey("build")) {
                Path dockerfile =
                        ROOT.resolve(map(service.get("build")).get("dockerfile").toString());
                assertThat(dockerfile).as(name).exists();
                assertThat(copiedFiles(dockerfile)).as(name).allMatch(ComposeFileTest::existsOrIsBuilt);
            }
        });
    }

    @Test
    void everySettingExists() throws IOException {
        List<String> named = new ArrayList<>();
        OUR_SERVICES.forEach(
                name -> named.addAll(environment(services().get(name)).keySet()));

        assertThat(named).contains("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(KnownVariables.below(ROOT).unknownOf(named)).isEmpty();
    }

    @Test
    void everyServiceIsWatchedAndRunsWithoutPrivileges() {
        OUR_SERVICES.forEach(name -> {
            Map<String, Object> service = services().get(name);
            assertThat(service).as(name).containsKey("healthcheck").containsEntry("read_only", true);
            assertThat(texts(service.get("cap_drop"))).containsExactly("ALL");
        });
    }

    @Test
    void noPasswordHasADefault() {
        services().values().forEach(service -> environment(service).forEach((variable, value) -> {
            if (variable.contains("PASSWORD") || variable.contains("TOKEN") || variable.contains("SECRET")) {
                assertThat(value).matches("\\$\\{" + variable + ":\\?.+}");
            }
        }));
    }

    @Test
    void theImagesDoNotRunAsRoot() throws IOException {
        for (String name : OUR_SERVICES) {
            assertThat(ROOT.resolve("deploy/images/" + name + "/Dockerfile"))
                    .content()
                    .contains("FROM eclipse-temurin:25-jre")
                    .contains("\nUSER 10001:10001\n");
        }
    }

    /** A quarter is what a JVM takes by itself; said in the command, it would win over JAVA_TOOL_OPTIONS. */
    @Test
    void theImagesTakeAQuarterOfTheContainerOrWhatIsAskedForAndEndWhenItIsNotEnough() throws IOException {
        List<String> flags = flags();

        assertThat(flags)
                .contains("-XX:MaxHeapFreeRatio=20", "-XX:+ExitOnOutOfMemoryError")
                .noneMatch(flag -> flag.startsWith("-Xmx") || flag.startsWith("-XX:MaxRAM"));
        for (String name :
                List.of("registry-watcher", "policy-evaluator", "git-committer", "gitless-renderer", "all-in-one")) {
            assertThat(ROOT.resolve("deploy/images/" + name + "/Dockerfile"))
                    .content()
                    .endsWith(
                            "ENTRYPOINT [\"java\", \"@java-flags\", \"-XX:AOTCache=classes.aot\", \"-jar\", \"quarkus-run.jar\"]\n");
        }
    }

    /** An image of Jib has no cache of classes, and nothing to say about one. */
    @Test
    void jibStartsTheJvmAsTheDockerfilesDo() throws IOException {
        List<String> flags =
                flags().stream().filter(flag -> !flag.startsWith("-Xlog:")).toList();

        assertThat(ROOT.resolve("pom.xml"))
                .content()
                .contains("<quarkus.jib.jvm-additional-arguments>" + String.join(",", flags)
                        + "</quarkus.jib.jvm-additional-arguments>");
    }

    private static List<String> flags() throws IOException {
        return Files.readAllLines(ROOT.resolve("deploy/images/java-flags")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
    }

    /** It is in no compose file, and made by Jib alone. */
    @Test
    void theImageOfTheCommandLineIsMadeAsJibMakesThoseOfTheServices() {
        assertThat(ROOT.resolve("pom.xml"))
                .content()
                .contains(
                        "<quarkus.jib.base-jvm-image>eclipse-temurin:25-jre</quarkus.jib.base-jvm-image>",
                        "<quarkus.jib.user>10001:10001</quarkus.jib.user>");
        assertThat(ROOT.resolve("cli/pom.xml"))
                .content()
                .contains(
                        "<image>${quarkus.jib.base-jvm-image}</image>",
                        "<user>${quarkus.jib.user}</user>",
                        "<jvmFlag>-XX:+ExitOnOutOfMemoryError</jvmFlag>");
        assertThat(ROOT.resolve("cli/src/main/java/dev/tidemark/cli/Main.java")).exists();
    }

    private static List<String> copiedFiles(Path dockerfile) {
        try {
            return Files.readAllLines(dockerfile).stream()
                    .filter(line -> line.startsWith("COPY ") && !line.startsWith("COPY --from="))
                    .map(line -> line.replaceFirst("COPY (--\\S+ )*", "").split(" ", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A file of the repository, or the result of a build of a module that exists. */
    private static boolean existsOrIsBuilt(String path) {
        int target = path.indexOf("/target/");
        return target < 0
                ? Files.exists(ROOT.resolve(path))
                : Files.exists(ROOT.resolve(path.substring(0, target)).resolve("pom.xml"));
    }

    private Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        map(compose.get("services")).forEach((name, service) -> services.put(name, merged(map(service))));
        return services;
    }

    private static Map<String, String> environment(Map<String, Object> service) {
        Map<String, String> environment = new TreeMap<>();
        merged(map(service.getOrDefault("environment", Map.of())))
                .forEach((name, value) -> environment.put(name, value.toString()));
        return environment;
    }

    /** YAML's merge key, which the parser leaves to its reader. */
    private static Map<String, Object> merged(Map<String, Object> map) {
        Map<String, Object> all = new TreeMap<>();
        if (map.containsKey("<<")) {
            all.putAll(map(map.get("<<")));
        }
        all.putAll(map);
        all.remove("<<");
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(@org.jspecify.annotations.Nullable Object yaml) {
        return yaml == null ? List.of() : (List<String>) yaml;
    }
}
