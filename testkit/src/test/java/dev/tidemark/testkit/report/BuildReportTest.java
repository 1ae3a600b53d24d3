package dev.tidemark.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildReportTest {

    private static final String MAIN = "git-committer/src/main/java/dev/tidemark/committer/";
    private static final TestRuns ALL_RAN = new TestRuns(List.of(), List.of());

    @ParameterizedTest
    @CsvSource({"30, 70, 0", "31, 69, 1", "0, 100, 0"})
    void failsWhenAServiceLeansOnTheFramework(int frameworkLines, int otherLines, int faults) {
        BuildReport report = new BuildReport(service(frameworkLines, otherLines), List.of(), ALL_RAN, false);
        assertThat(report.faults()).hasSize(faults);
        assertThat(report.text()).contains(frameworkLines + " %  of 100 lines");
    }

    @Test
    void failsForASkippedTestWhereAllMustRun() {
        TestRuns skipped =
                new TestRuns(List.of(), List.of("dev.tidemark.AIT.pushes: SKIPPED: needs the program 'sshd'"));
        assertThat(new BuildReport(service(0, 10), List.of(), skipped, true).faults())
                .singleElement()
                .asString()
                .contains("sshd");
        BuildReport atHome = new BuildReport(service(0, 10), List.of(), skipped, false);
        assertThat(atHome.faults()).isEmpty();
        assertThat(atHome.text()).contains("skipped 1", "  dev.tidemark.AIT.pushes: SKIPPED: needs the program 'sshd'");
    }

    @Test
    void addsUpTheLinesOfAModule() {
        Coverage coverage = Coverage.parse(
                "events",
                List.of(
                        "GROUP,PACKAGE,CLASS,INSTRUCTION_MISSED,INSTRUCTION_COVERED,BRANCH_MISSED,BRANCH_COVERED,"
                                + "LINE_MISSED,LINE_COVERED,COMPLEXITY_MISSED,COMPLEXITY_COVERED,METHOD_MISSED,METHOD_COVERED",
                        "g,dev.tidemark.events,Keys,1,2,3,4,5,20,0,0,0,0",
                        "g,dev.tidemark.events,Feed,1,2,3,4,5,10,0,0,0,0"));
        assertThat(coverage).isEqualTo(new Coverage("events", 30, 10));
        assertThat(coverage.percent()).isEqualTo(75);
    }

    @Test
    void readsTheReportsOfSurefire() {
        assertThat(TestRuns.parse(List.of("""
                        <testsuite tests="3">
                          <testcase name="runs" classname="a.B" time="0.1"/>
                          <testcase name="prints" classname="a.B" time="1,200.5"><system-out>x</system-out></testcase>
                          <testcase name="lacks" classname="a.B" time="0.0">
                            <skipped message="SKIPPED: needs git" type="org.opentest4j.TestAbortedException"/>
                          </testcase>
                        </testsuite>
                        """)))
                .isEqualTo(new TestRuns(
                        List.of(
                                new TestRuns.Case("a.B.runs", Duration.ofMillis(100)),
                                new TestRuns.Case("a.B.prints", Duration.ofMillis(1_200_500)),
                                new TestRuns.Case("a.B.lacks", Duration.ZERO)),
                        List.of("a.B.lacks: SKIPPED: needs git")));
    }

    @Test
    void namesTheSlowestTests() {
        List<TestRuns.Case> cases = IntStream.range(0, 30)
                .mapToObj(n -> new TestRuns.Case("a.B.test" + n, Duration.ofMillis(n * 500L)))
                .toList();
        String text = new BuildReport(service(0, 10), List.of(), new TestRuns(cases, List.of()), false).text();
        assertThat(text)
                .contains("Tests: 30", "Time in tests: 217 s", "    14.5 s  a.B.test29\n    14.0 s  a.B.test28")
                .contains("a.B.test10")
                .doesNotContain("a.B.test9\n");
    }

    @Test
    void listsClassesThatDeserveALook() {
        assertThat(new BuildReport(service(0, 151), List.of(), ALL_RAN, false).text())
                .contains("largest 151", "   151  " + MAIN + "domain/B.java");
    }

    private static SourceTree service(int frameworkLines, int otherLines) {
        return new SourceTree(List.of(
                SourceFile.of(MAIN + "app/A.java", lines(frameworkLines, "import io.quarkus.runtime.Startup;")),
                SourceFile.of(MAIN + "domain/B.java", lines(otherLines, "import java.util.List;"))));
    }

    private static String lines(int count, String first) {
        return count == 0 ? "" : first + "\n".repeat(count);
    }
}
