package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.ConsolePage.Block;
import dev.tidemark.systemtests.ConsolePage.Step;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Somebody who does what a page says, command by command, in a folder that looks like a checkout of the project. With
 * {@code -Dtidemark.update-docs=true} what comes is written into the page where it shows something else.
 */
final class PageReader implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final boolean UPDATE = Boolean.getBoolean("tidemark.update-docs");
    /** Then nobody knows what is to come: all that comes in this time. */
    private static final Duration UPDATE_AFTER = Duration.ofSeconds(20);

    /** What pages speak of. */
    private static final List<String> CHECKOUT = List.of("tidemark", "deploy", "examples");

    /** What goes on until somebody ends it. It is done when it has printed what the page shows. */
    private static final Pattern STAYS = Pattern.compile("\\./tidemark (demo|up|.* (-f|-w|--watch))(?![\\w-]).*");

    /** What readers are to write: the name stands before it. */
    private static final Pattern FILE = Pattern.compile("(?m)^`(?<name>\\S+\\.yaml)`.*:\n\n```yaml\n(?<text>[^`]+)```");

    /** What shows how things are. What is on its way shows soon. */
    private static final Pattern LOOKS = Pattern.compile(
            "(\\./tidemark (get|status|describe|events|explain|logs)|kubectl .*\\b(get|describe)|flux .*\\bget|curl)\\b.*");

    private final Path folder;
    private final Programs programs;
    private final Surroundings surroundings;

    /** @param folder for the reader alone */
    PageReader(Path folder, Programs programs, Surroundings surroundings) throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.surroundings = surroundings;
        for (String name : CHECKOUT) {
            Files.createSymbolicLink(folder.resolve(name), Programs.root().resolve(name));
        }
    }

    /** Does all that the page says and can be done here. */
    void follow(Path file) throws Exception {
        ConsolePage page = ConsolePage.of(Files.readString(file));
        writeFiles(page.text());
        List<Map.Entry<Step, List<String>>> others = new ArrayList<>();
        for (Block block : page.blocks()) {
            if (block.notRun().isEmpty()) {
                surroundings.before(block);
                for (Step step : block.steps()) {
                    List<String> printed = take(file, step);
                    if (!step.output().isEmpty() && !Shown.matches(step.output(), printed)) {
                        assertThat(printed)
                                .as("%s:%d %s", file, step.line(), step.command())
                                .matches(lines -> UPDATE, "what the page shows: " + step.output());
                        others.add(Map.entry(step, printed));
                    }
                    surroundings.after(step);
                }
            }
        }
        // from the end, so that the lines of those before stay where they are
        for (Map.Entry<Step, List<String>> other : others.reversed()) {
            page = page.with(other.getKey(), other.getValue());
        }
        if (!others.isEmpty()) {
            Files.writeString(file, page.text());
        }
    }

    private void writeFiles(String page) throws IOException {
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            Path written = folder.resolve(file.group("name"));
            Files.createDirectories(written.getParent());
            Files.writeString(written, surroundings.asHere(file.group("text")));
        }
    }

    private List<String> take(Path file, Step step) throws Exception {
        boolean stays = STAYS.matcher(step.command()).matches();
        List<List<String>> looks = new ArrayList<>();
        Program first = start(step);
        looks.add(stays ? List.of() : finish(file, step, first));
        if (stays || (LOOKS.matcher(step.command()).matches() && !step.output().isEmpty())) {
            try {
                await().atMost(UPDATE && !stays ? UPDATE_AFTER : LIMIT)
                        .pollInterval(PAUSE)
                        .until(() -> {
                            if (!Shown.matches(step.output(), looks.getLast())) {
                                looks.add(stays ? printed(first) : finish(file, step, start(step)));
                            }
                            return Shown.matches(step.output(), looks.getLast());
                        });
            } catch (ConditionTimeoutException otherwise) {
                // whoever asked says what came instead
            }
        }
        return looks.getLast();
    }

    private List<String> finish(Path file, Step step, Program program) throws InterruptedException {
        assertThat(program.exitCode(LIMIT.toSeconds()))
                .as("%s:%d %s%n%s", file, step.line(), step.command(), program.output())
                .isEqualTo(step.exitCode());
        return printed(program);
    }

    private List<String> printed(Program program) {
        return surroundings
                .asOnThePage(program.printed().replace(folder + "/", ""))
                .lines()
                .toList();
    }

    /** Leaves a folder that can be deleted. */
    @Override
    public void close() throws IOException {
        for (String name : CHECKOUT) {
            Files.delete(folder.resolve(name));
        }
    }

    private Program start(Step step) throws IOException {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        // what is tested was built already, by whoever runs the test
        environment.put("TIDEMARK_BUILD", "never");
        environment.put("TIDEMARK_JAVA_HOME", System.getProperty("java.home"));
        return programs.start(
                List.of("bash", "-c", "cd '" + folder + "' && set -o pipefail\n" + surroundings.asHere(step.command())),
                environment);
    }
}
