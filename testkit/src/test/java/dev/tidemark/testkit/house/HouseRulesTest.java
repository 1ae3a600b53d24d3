package dev.tidemark.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that no tool of the build knows, over all sources of the project; and that each rule can fail. */
@Tag("gate")
class HouseRulesTest {

    private static final SourceTree PROJECT = SourceTree.read(SourceTree.root());

    static Stream<HouseRule> rules() {
        return Stream.of(DependencyRules.ALL, SourceRules.ALL, VectorRules.ALL).flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holdsInTheWholeProject(HouseRule rule) {
        assertThat(rule.violations(PROJECT)).as(rule.name()).isEmpty();
    }

    @Test
    void theProjectIsLookedAt() {
        assertThat(PROJECT.mainJava().map(SourceFile::module).distinct())
                .contains("events", "flux-resources", "policies", "service-runtime", "testkit");
        assertThat(PROJECT.files()).extracting(SourceFile::path).contains("pom.xml", ".ci/run", "LICENSE");
    }

    static Stream<Arguments> offences() {
        String domain = "git-committer/src/main/java/dev/tidemark/committer/domain/A.java";
        String reconcile = "git-committer/src/main/java/dev/tidemark/committer/reconcile/A.java";
        String adapter = "git-committer/src/main/java/dev/tidemark/committer/git/A.java";
        String test = "policies/src/test/java/dev/tidemark/policies/ATest.java";
        String settings = "/src/main/resources/META-INF/microprofile-config.properties";
        return Stream.of(
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "import io.fabric8.kubernetes.api.model.Pod;"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "import dev.tidemark.runtime.log.TopicTable;"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "import dev.tidemark.flux.folder.FolderSource;"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "import static dev.tidemark.committer.git.Push.now;"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "class A { @jakarta.inject.Inject Object b; }"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "class A { org.apache.kafka.common.Uuid id; }"),
                offence(DependencyRules.DOMAIN_IS_PURE, domain, "class A { io.smallrye.mutiny.Uni<String> b; }"),
                offence(
                        DependencyRules.RECONCILERS_ARE_PLAIN,
                        reconcile,
                        "import dev.tidemark.runtime.log.TopicTable;"),
                offence(DependencyRules.RECONCILERS_ARE_PLAIN, reconcile, "import dev.tidemark.committer.git.Push;"),
                offence(DependencyRules.RECONCILERS_ARE_PLAIN, reconcile, "import jakarta.inject.Singleton;"),
                offence(
                        DependencyRules.MODULES_USE_WHAT_THEY_MAY,
                        "policies/src/main/java/dev/tidemark/policies/A.java",
                        "import com.fasterxml.jackson.databind.JsonNode;"),
                offence(
                        DependencyRules.CONTRACT_IS_APART_FROM_KAFKA,
                        "events/src/main/java/dev/tidemark/events/A.java",
                        "import org.apache.kafka.common.TopicPartition;"),
                offence(
                        DependencyRules.RUNTIME_IS_PLAIN,
                        "service-runtime/src/main/java/dev/tidemark/runtime/log/A.java",
                        "import jakarta.inject.Singleton;"),
                offence(
                        DependencyRules.LOG_CLIENTS_ARE_PLAIN,
                        "service-runtime/src/main/java/dev/tidemark/runtime/log/A.java",
                        "import dev.tidemark.flux.Resource;"),
                offence(
                        DependencyRules.SERVICES_READ_BY_TABLE_OR_SCAN,
                        adapter,
                        "class A { Object a(LogClients log) { return log.reader(\"mine\"); } }"),
                offence(
                        DependencyRules.CLIENTS_COME_FROM_ONE_PLACE,
                        adapter,
                        "class A { Object a(java.util.Properties b) { return new KafkaProducer<byte[], byte[]>(b); } }"),
                offence(
                        DependencyRules.CLIENTS_COME_FROM_ONE_PLACE,
                        "benchmarks/src/main/java/dev/tidemark/benchmarks/A.java",
                        "class A { Object a(java.util.Properties b) { return Admin.create(b); } }"),
                offence(DependencyRules.ADAPTERS_ARE_PLAIN, adapter, "import jakarta.inject.Singleton;"),
                offence(DependencyRules.SERVICES_ARE_APART, domain, "import dev.tidemark.watcher.domain.Scan;"),
                offence(
                        SourceRules.MESSAGES_NAME_NO_JAVA_TYPE,
                        adapter,
                        "class A { void a() { try { b(); } catch (java.io.IOException e) { c(\"not read: \" + e); } } }"),
                offence(
                        SourceRules.MESSAGES_NAME_NO_JAVA_TYPE,
                        adapter,
                        "class A { String a(Object b) { return b.getClass().getSimpleName(); } }"),
                offence(
                        SourceRules.HTTP_IS_NOT_UPGRADED,
                        adapter,
                        "class A { HttpClient a = HttpClient.newBuilder().build(); String b = \"HTTP_1_1\"; }"),
                offence(
                        SourceRules.HTTP_IS_NOT_UPGRADED,
                        adapter,
                        "class A { Object a = HttpClient.newHttpClient(); }"),
                offence(SourceRules.CLASSES_ARE_SMALL, domain, "\n".repeat(SourceRules.MOST_LINES)),
                offence(SourceRules.NAMES_SAY_SOMETHING, domain, "final class StringUtils {}"),
                offence(SourceRules.NAMES_SAY_SOMETHING, domain, "interface A { record GitHelper() implements A {} }"),
                offence(SourceRules.PACKAGES_ARE_NULL_MARKED, domain, "class A {}"),
                offence(SourceRules.SERVICES_ARE_SILENT, domain, "class A { void a() { System.out.println(); } }"),
                offence(SourceRules.SERVICES_LIVE_TOGETHER, adapter, "@QuarkusMain class A {}"),
                offence(
                        SourceRules.SERVICES_LIVE_TOGETHER,
                        "git-committer/src/main/resources/application.properties",
                        "a=b"),
                Arguments.of(
                        SourceRules.SETTINGS_ARE_APART,
                        tree("git-committer" + settings, "a.b=1", "registry-watcher" + settings, "a.b : 2")),
                offence(SourceRules.TESTS_WAIT_FOR_CONDITIONS, test, "class A { void a() { Thread.sleep(1); } }"),
                offence(SourceRules.TESTS_RUN, test, "@Disabled class A {}"),
                offence(SourceRules.TESTS_RUN, test, "class A { void a() { assumeTrue(false); } }"),
                offence(VectorRules.VECTORS_ARE_RUN, "policies/src/test/resources/vectors/semver-range.json", "{}"),
                offence(VectorRules.VECTORS_ARE_RUN, test, "@Tag(\"vectors:semver-range\")\nclass ATest {}"),
                offence(SourceRules.LIBRARIES_ARE_CHOSEN, test, "import org.mockito.Mockito;"),
                offence(SourceRules.NO_TRACE_OF_A_MACHINE, "docs/a.md", "see /ho" + "me/somebody/notes"),
                offence(SourceRules.NO_TRACE_OF_A_MACHINE, "pom.xml", "<url>https://nex" + "us.example/m2</url>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offences")
    void canFail(HouseRule rule, SourceTree sample) {
        assertThat(rule.violations(sample)).as(rule.name()).isNotEmpty();
    }

    @Test
    void everyRuleHasASampleThatBreaksIt() {
        assertThat(offences().map(offence -> offence.get()[0])).containsAll(rules().toList());
    }

    @Test
    void whatIsSaidIsNotCode() {
        SourceTree sample = tree(
                "git-committer/src/main/java/dev/tidemark/committer/domain/A.java",
                """
                package dev.tidemark.committer.domain;

                import java.util.List;

                /** Unlike io.quarkus.runtime.Startup this prints nothing to System.out. */
                record A(List<String> b) {
                    // jakarta.inject.Inject
                    static final String C = "System.out \\" org.apache.kafka.common.Uuid";
                    static final char D = '"';
                }
                """,
                "git-committer/src/main/java/dev/tidemark/committer/domain/package-info.java",
                "@NullMarked package dev.tidemark.committer.domain; import org.jspecify.annotations.NullMarked;");
        assertThat(rules().flatMap(rule -> rule.violations(sample).stream())).isEmpty();
    }

    private static Arguments offence(HouseRule rule, String path, String body) {
        String folder = path.replaceFirst(".*/java/", "").replaceFirst("/[^/]*$", "");
        String text = path.endsWith(".java") ? "package " + folder.replace('/', '.') + ";\n" + body : body;
        return Arguments.of(rule, tree(path, text));
    }

    private static SourceTree tree(String... pathsAndTexts) {
        return new SourceTree(Stream.iterate(0, i -> i + 2)
                .limit(pathsAndTexts.length / 2)
                .map(i -> Arrays.asList(pathsAndTexts).subList(i, i + 2))
                .map(pair -> SourceFile.of(pair.get(0), pair.get(1)))
                .toList());
    }
}
