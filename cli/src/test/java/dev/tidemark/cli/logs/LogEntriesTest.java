package dev.tidemark.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEntriesTest {

    private static final String AT = "2026-11-28 10:00:00,000 INFO  [x] (t) ";

    private static LogEntries entries() {
        return new LogEntries(LogEntries.Wanted.withCauses("ImagePolicy/apps/web"), Optional.empty());
    }

    private static List<String> of(String... lines) {
        return entries().of(Stream.of(lines).map(text -> line("", text)).toList()).stream()
                .map(LogLine::text)
                .toList();
    }

    private static LogLine line(String from, String text) {
        return new LogLine(Instant.EPOCH, from, text);
    }

    @Test
    void showsWhatNamesTheObjectAndNoOther() {
        assertThat(of(
                        AT + "event=a resource=ImagePolicy/apps/web x=1",
                        AT + "event=b resource=ImagePolicy/apps/web-2",
                        AT + "event=c resource=ImagePolicy/apps/web.two",
                        AT + "event=d resource=MyImagePolicy/apps/web",
                        AT + "event=e target=local/ImagePolicy/apps/web",
                        AT + "event=f reason=\"of ImagePolicy/apps/web.\"",
                        "{\"message\":\"event=g\",\"mdc\":{\"resource\":\"ImagePolicy/apps/web\"}}"))
                .extracting(line -> line.replaceAll(".*event=(.).*", "$1"))
                .containsExactly("a", "e", "f", "g");
    }

    @Test
    void showsTheWholeChainOfACause() {
        assertThat(of(
                        AT + "event=webhook-accepted image=i correlation=c1",
                        AT + "event=webhook-accepted image=j correlation=c2",
                        AT + "event=tag-selected resource=ImagePolicy/apps/web correlation=c1",
                        AT + "event=committed commit=abc correlation=c1"))
                .hasSize(3)
                .noneMatch(line -> line.contains("c2"));
    }

    /** Whoever follows sees the same as whoever looks later. */
    @Test
    void whatPassedBeforeItsCauseWasKnownIsShownWithTheFirstLineThatNamesTheObject() {
        LogLine before = line("w", AT + "event=scan-begun correlation=c1");
        LogLine scan = line("w", AT + "event=scan-completed image=i correlation=c1");
        LogLine trace = line("w", "  at a.B.c");
        LogLine other = line("w", AT + "event=scan-completed image=j correlation=c2");
        LogLine named = line("e", AT + "event=tag-selected resource=ImagePolicy/apps/web correlation=c1");
        LogLine commit = line("g", AT + "event=committed commit=abc correlation=c1");
        LogEntries entries = entries();

        assertThat(entries.of(List.of(before))).isEmpty();
        assertThat(Stream.of(scan, trace, other, named, line("e", "more"), commit, named)
                        .flatMap(line -> entries.next(line).stream()))
                .containsExactly(before, scan, trace, named, line("e", "more"), commit, named);
    }

    @Test
    void aTraceGoesWithItsLine() {
        assertThat(of(
                        AT + "event=a resource=ImagePolicy/apps/web",
                        "\tat some.Code",
                        "Caused by: x",
                        AT + "event=b",
                        "\tat other.Code"))
                .containsExactly(AT + "event=a resource=ImagePolicy/apps/web", "\tat some.Code", "Caused by: x");
    }

    @Test
    void followsWhatComesLater() {
        LogEntries entries = entries();
        assertThat(entries.shows(line("", AT + "event=webhook-accepted correlation=c1")))
                .isFalse();
        assertThat(entries.shows(line("", AT + "event=tag-selected resource=ImagePolicy/apps/web correlation=c1")))
                .isTrue();
        assertThat(entries.shows(line("", AT + "event=committed correlation=c1")))
                .isTrue();
    }

    @Test
    void aTraceGoesWithTheLineOfItsOwnService() {
        LogEntries entries = entries();
        assertThat(entries.shows(line("one", AT + "event=a resource=ImagePolicy/apps/web")))
                .isTrue();
        assertThat(entries.shows(line("two", AT + "event=b"))).isFalse();
        assertThat(entries.shows(line("one", "\tat some.Code"))).isTrue();
        assertThat(entries.shows(line("two", "\tat some.Code"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ImagePolicy, , , abc",
        ", apps, , ad",
        ", , web, abd",
        "ImagePolicy, apps, web, a",
        "Receiver, , , ''",
    })
    void showsWhatNamesAnyObjectOfAKindANamespaceOrAName(String kind, String namespace, String name, String shown) {
        LogEntries entries = new LogEntries(
                LogEntries.Wanted.of(
                        Optional.ofNullable(kind), Optional.ofNullable(namespace), Optional.ofNullable(name)),
                Optional.empty());

        assertThat(entries
                        .of(Stream.of(
                                        AT + "event=a resource=ImagePolicy/apps/web correlation=c",
                                        AT + "event=b resource=ImagePolicy/shop/web",
                                        AT + "event=c resource=ImagePolicy/shop/other",
                                        AT + "event=d resource=ImageRepository/apps/web",
                                        AT + "event=e correlation=c")
                                .map(text -> line("", text))
                                .toList())
                        .stream()
                        .map(line -> line.text().replaceAll(".*event=(.).*", "$1"))
                        .collect(Collectors.joining()))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"error, a", "WARN, ab", "info, abc", "debug, abcd"})
    void showsALevelAndWhatIsWorse(String least, String shown) {
        LogEntries entries = new LogEntries(LogEntries.Wanted.EVERYTHING, LogEntries.Level.of(least));

        assertThat(Stream.of(
                                "2026-11-28 10:00:00,000 ERROR [x] (t) event=a reason=\"an INFO \"",
                                "{\"timestamp\":\"2026-11-28T10:00:00Z\",\"level\":\"WARN\",\"message\":\"event=b\"}",
                                "2026-11-28 10:00:00,000 INFO  [x] (t) event=c reason=\"an ERROR \"",
                                "2026-11-28 10:00:00,000 DEBUG [x] (t) event=d")
                        .filter(text -> entries.shows(line("", text)))
                        .map(text -> text.replaceAll(".*event=(.).*", "$1"))
                        .collect(Collectors.joining()))
                .isEqualTo(shown);
    }
}
