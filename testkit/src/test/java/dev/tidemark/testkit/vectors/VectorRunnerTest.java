package dev.tidemark.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a project of two test classes, with a script in place of Maven that leaves the reports that it is given. */
class VectorRunnerTest {

    @TempDir
    private Path root;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @BeforeEach
    void aProject() throws IOException {
        testClass("one/src/test/java/a/FirstTest.java", "a", "@Tag(\"vectors:fruit\")\nclass FirstTest {}");
        testClass("two/src/test/java/b/SecondTest.java", "b", "@Tag(\"vectors:fruit\")\nclass SecondTest {}");
        testClass("two/src/test/java/b/OtherTest.java", "b", "@Tag(\"vectors:stone\")\nclass OtherTest {}");
        maven(
                "mkdir -p {one,two}/target/surefire-reports",
                "for m in one two; do",
                "  [ -d $m/given ] && cp $m/given/* $m/target/surefire-reports; done",
                "exit 0");
    }

    @Test
    void countsACaseOnceWhateverTestsRunIt() throws Exception {
        vectors("fruit", "apple", "pear", "fig");
        report(
                "one",
                "a.FirstTest",
                passed("reads(Case) apple"),
                passed("reads(Case) pear"),
                passed("reads(Case) fig"),
                passed("writes(Case) apple"),
                passed("writes(Case) pear"),
                passed("writes(Case) fig"));
        report("two", "b.SecondTest", passed("reads(JsonNode) apple a note"));

        assertThat(run()).isTrue();

        assertThat(results).hasToString("fruit: 3 passed, 0 failed\n");
    }

    @Test
    void aCaseFailsWhenATestOfItDoes() throws Exception {
        vectors("fruit", "apple", "pear", "fig", "plum");
        report(
                "one",
                "a.FirstTest",
                passed("reads(Case) apple"),
                failed("reads(Case) pear"),
                passed("writes(Case) pear"),
                passed("reads(Case) fig"));
        report(
                "two",
                "b.SecondTest",
                "<testcase name='reads(Case) apple &lt;x&gt;'><error>e</error></testcase>",
                "<testcase name='reads(Case) plum'><skipped/></testcase>");

        assertThat(run()).isFalse();

        assertThat(results).hasToString("fruit: 1 passed, 3 failed\n  apple\n  pear\n  plum\n");
        assertThat(progress).asString().contains("target/vectors.log");
    }

    @Test
    void aCaseThatNoTestRanFailed() throws Exception {
        vectors("fruit", "apple", "pear");
        report("one", "a.FirstTest", passed("reads(Case) apple"), passed("somethingElse"));
        report("two", "b.SecondTest");

        assertThat(run()).isFalse();

        assertThat(results).hasToString("fruit: 1 passed, 1 failed\n  pear\n");
        assertThat(progress).asString().contains("fruit: no test ran 1 of the cases");
    }

    @Test
    void allFailedWhenATestClassBreaksOutsideTheCases() throws Exception {
        vectors("fruit", "apple", "pear");
        report("one", "a.FirstTest", passed("reads(Case) apple"), passed("reads(Case) pear"));
        report("two", "b.SecondTest", failed("reads(Case)"));

        assertThat(run()).isFalse();

        assertThat(results).hasToString("fruit: 0 passed, 2 failed\n  apple\n  pear\n");
    }

    @Test
    void allFailedWhenATestClassDidNotRunEvenIfItOnceDid() throws Exception {
        vectors("fruit", "apple");
        report("one", "a.FirstTest", passed("reads(Case) apple"));
        write(root.resolve("two/target/surefire-reports/TEST-b.SecondTest.xml"), suite(passed("reads(Case) apple")));

        assertThat(run()).isFalse();

        assertThat(results).hasToString("fruit: 0 passed, 1 failed\n  apple\n");
        assertThat(progress).asString().contains("b.SecondTest did not run");
    }

    @Test
    void namesAFamilyThatNoTestRuns() throws Exception {
        vectors("fruit", "apple");
        vectors("beast", "cat");
        report("one", "a.FirstTest", passed("reads(Case) apple"));
        report("two", "b.SecondTest");

        assertThat(run()).isTrue();

        assertThat(results).hasToString("beast: cannot be run yet\nfruit: 1 passed, 0 failed\n");
    }

    @Test
    void runsNothingButTheFamiliesOfTheFolder() throws Exception {
        vectors("stone", "flint");
        maven("echo \"$@\"", "echo '[INFO] Building Two    0.1 [1/2]'", "exit 0");

        run();

        assertThat(root.resolve("target/vectors.log"))
                .content()
                .contains("-Dtest=b.OtherTest ", "-pl two ", "-Dtidemark.vectors=" + folder);
        assertThat(progress).asString().contains("tidemark: Building Two 0.1 [1/2]");
    }

    @Test
    void aBuildThatFailsIsNoResult() throws Exception {
        vectors("fruit", "apple");
        maven("echo '[ERROR] it does not compile'", "exit 1");

        assertThatThrownBy(this::run)
                .isInstanceOf(VectorRunException.class)
                .hasMessage("the build failed: the whole story is in " + root.resolve("target/vectors.log"));

        assertThat(results).hasToString("");
        assertThat(progress).asString().contains("[ERROR] it does not compile");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"cases\": [                                      | is not JSON: line 1: expected a value",
                "[]                                                 | has no cases",
                "{\"cases\": []}                                    | has no cases",
                "{\"cases\": {}}                                    | has no cases",
                "{\"cases\": [{\"id\": \"a\"}, {\"id\": 1}]}        | has a case without an 'id': case number 2",
                "{\"cases\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}    | has two cases with the id a",
            })
    void saysWhatIsWrongWithAFileAndRunsTheOthers(String text, String what) throws Exception {
        write(folder.resolve("fruit.json"), text);
        vectors("stone", "flint");
        report("two", "b.OtherTest", passed("reads(Case) flint"));
        report("one", "a.FirstTest", passed("reads(Case) a"));
        report("two", "b.SecondTest");

        assertThat(run()).isFalse();

        assertThat(results)
                .asString()
                .contains(" 1 failed\n  " + folder.resolve("fruit.json") + " " + what)
                .endsWith("stone: 1 passed, 0 failed\n");
    }

    @Test
    void aBadCaseFailsAloneAndNumbersOfAnySizeAreNone() throws Exception {
        write(
                folder.resolve("fruit.json"),
                "{\"cases\": [{\"id\": \"apple\", \"n\": " + "9".repeat(5_000) + "}, {\"x\": 1e999999999}, "
                        + "{\"id\": \"pear\", \"n\": -18446744073709551616.5e-400}]}");
        report("one", "a.FirstTest", passed("reads(Case) apple"), passed("reads(Case) pear"));
        report("two", "b.SecondTest");

        assertThat(run()).isFalse();

        assertThat(results)
                .hasToString("fruit: 2 passed, 1 failed\n  " + folder.resolve("fruit.json")
                        + " has a case without an 'id': case number 2 in its list\n");
    }

    @Test
    void wantsAFolderWithVectors() throws IOException {
        write(folder.resolve("README.md"), "nothing yet");

        assertThatThrownBy(this::run).hasMessageContaining("has no vectors");
        assertThatThrownBy(() -> runner().run(folder.resolve("README.md"))).hasMessageContaining("is not a folder");
    }

    private boolean run() throws VectorRunException {
        return runner().run(folder);
    }

    private VectorRunner runner() {
        return new VectorRunner(root, printing(results), printing(progress));
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private void testClass(String path, String packageName, String text) throws IOException {
        write(root.resolve(path), "package " + packageName + ";\n\n" + text);
    }

    private void maven(String... script) throws IOException {
        write(root.resolve("mvnw"), "#!/usr/bin/env bash\n" + String.join("\n", script) + '\n');
        assertThat(root.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    }

    private void vectors(String family, String... ids) throws IOException {
        write(
                folder.resolve(family + ".json"),
                Arrays.stream(ids)
                        .map(id -> "{\"id\": \"" + id + "\"}")
                        .collect(Collectors.joining(", ", "{\"cases\": [", "]}")));
    }

    private void report(String module, String className, String... testCases) throws IOException {
        write(root.resolve(module + "/given/TEST-" + className + ".xml"), suite(testCases));
    }

    private static String suite(String... testCases) {
        return "<?xml version='1.0' encoding='UTF-8'?>\n<testsuite>" + String.join("\n", testCases) + "</testsuite>\n";
    }

    private static String passed(String name) {
        return "<testcase name='" + name + "' time='0.1'/>";
    }

    private static String failed(String name) {
        return "<testcase name='" + name + "'><failure>f</failure></testcase>";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
