package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Any text with markers through the editor: the scalars that it tells of change to the values that it tells, a marker is
 * beside each, and every other character of the file stays. The editor turns faults of its own into a finding: here they
 * are faults.
 */
class MarkedFileFuzzTest {

    private static final String FILE = "f.yaml";
    private static final List<Policy> POLICIES = List.of(
            new Policy("a", "p", new ImageRef("img/x", "2.0.0", null)),
            new Policy("a", "n", new ImageRef("img/y", "20240102", null)),
            new Policy("a", "d", new ImageRef("img/z", "v1", "sha256:" + "ab".repeat(32))));

    private record OneFile(String text) implements FileTree {

        @Override
        public Node at(String path) {
            return path.equals(FILE) ? new Node.File() : new Node.Folder();
        }

        @Override
        public List<Candidate> candidates(String folder) {
            return List.of(new Candidate(FILE, text));
        }

        @Override
        public Content read(String path) {
            return new Content.Text(text);
        }
    }

    /** An event as text; of a scalar where it stands, and where the scalar before it stood. */
    private record Seen(String event, int from, int start, int end) {}

    /** A percent sign stands for a marker: what is random would hardly ever become one. */
    @FuzzTest(maxDuration = "5m")
    void files(byte[] input) {
        String before = new String(input, StandardCharsets.UTF_8)
                .replace("%1", "# {\"$imagepolicy\": \"a:p:tag\"}")
                .replace("%2", "# {\"$imagepolicy\": \"a:n:tag\"}")
                .replace("%3", "# {\"$imagepolicy\": \"a:d\"}")
                .replace("%4", "# {\"$imagepolicy\": \"a:p:digest\"}")
                .replace("%5", "# {\"$imagepolicy\": \"a:d:digest\"}");
        TreeUpdate update;
        try {
            update = edited(before);
        } catch (UpdateException annotationsThatDoNotFit) {
            return;
        }
        String after = update.contents().get(FILE);
        if (after == null) {
            assertThat(update.changes()).isEmpty();
            return;
        }
        checkOnlyToldOnesChange(before, after, update.changes());
        TreeUpdate again = edited(after);
        assertThat(again.contents())
                .as("a second run finds everything as it should be")
                .isEmpty();
        assertThat(again.markers()).as("no marker is lost").isEqualTo(update.markers());
    }

    private static TreeUpdate edited(String text) {
        TreeUpdate update = new YamlSetters().apply(new OneFile(text), null, "a", POLICIES);
        for (Finding finding : update.findings()) {
            assertThat(finding.toString()).doesNotContain("unexpected fault");
        }
        return update;
    }

    private static void checkOnlyToldOnesChange(String before, String after, List<SetterChange> changes) {
        List<Seen> was = events(before);
        List<Seen> is = events(after);
        assertThat(is).hasSameSizeAs(was);
        Iterator<SetterChange> told = changes.iterator();
        StringBuilder keptBefore = new StringBuilder();
        StringBuilder keptAfter = new StringBuilder();
        int wasAt = 0;
        int isAt = 0;
        for (int i = 0; i < was.size(); i++) {
            Seen old = was.get(i);
            Seen now = is.get(i);
            if (!old.event().equals(now.event())) {
                assertThat(told.hasNext()).as("a change that nobody tells").isTrue();
                SetterChange change = told.next();
                assertThat(old.event()).endsWith("=" + change.oldValue());
                assertThat(now.event()).endsWith("=" + change.newValue());
                int next = i + 1 < was.size() ? was.get(i + 1).start() : before.length();
                assertThat(before.substring(old.from(), Math.max(next, old.end())))
                        .as("a marker is beside it")
                        .contains("{");
                keptBefore.append(before, wasAt, old.start()).append('\0');
                keptAfter.append(after, isAt, now.start()).append('\0');
                wasAt = old.end();
                isAt = now.end();
            }
        }
        assertThat(told.hasNext()).as("a change that nobody sees").isFalse();
        assertThat(keptAfter.append(after, isAt, after.length()))
                .as("everything else")
                .hasToString(keptBefore.append(before, wasAt, before.length()).toString());
    }

    private static List<Seen> events(String text) {
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        List<Seen> events = new ArrayList<>();
        int from = 0;
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            int start = event.start().offset();
            if (event instanceof YamlEvent.Scalar scalar) {
                events.add(new Seen("&" + scalar.anchor() + "=" + scalar.value(), from, start, end(text, scalar)));
                from = start;
            } else {
                events.add(new Seen(event.getClass().getSimpleName(), from, start, start));
            }
        }
        return events;
    }

    /** Behind a block the empty lines are part of it or not, depending on how deep it is. */
    private static int end(String text, YamlEvent.Scalar scalar) {
        int end = scalar.end();
        while (scalar.block() != null
                && end < text.length()
                && " \r\n\u0085\u2028\u2029".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }
}
