package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents have people type exists. Their console blocks are run by the system tests' DocsST. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root", ".."));

    /** What the script does by itself. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("test", "bench", "help");

    /** In text and in blocks; a line of the latter ends it. */
    private static final Pattern TYPED =
            Pattern.compile("`(?:\\./)?tidemark (?<span>[^`]+)`|(?m)^(?:\\$ | *)\\./tidemark (?<line>[^\\n|#]+)");

    private static final Pattern OPTION = Pattern.compile("(?<=\\s)(?<name>--?[a-z][\\w-]*)");

    @Test
    void commandsAndTheirOptionsExist() throws IOException {
        Map<String, CommandLine> commands = Main.commandLine().getSubcommands();
        List<String> wrong = new ArrayList<>();
        int typed = 0;
        for (Path document : documents()) {
            Matcher command = TYPED.matcher(Files.readString(document));
            while (command.find()) {
                typed++;
                String words = (command.group("span") == null ? command.group("line") : command.group("span"));
                if (!exists(commands, words.replace('\n', ' '))) {
                    wrong.add(ROOT.relativize(document) + ": ./tidemark " + words);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(typed).isGreaterThan(80);
    }

    private static boolean exists(Map<String, CommandLine> commands, String words) {
        return Stream.of(words.split("\\s", 2)[0].split("\\|", -1)).allMatch(name -> {
            CommandLine command = commands.get(name);
            return OF_THE_SCRIPT.contains(name)
                    || name.matches("[A-Z]+|--help")
                    || (command != null
                            && OPTION.matcher(words)
                                    .results()
                                    .map(option -> option.group("name"))
                                    .allMatch(command.getCommandSpec().optionsMap()::containsKey));
        });
    }

    @Test
    void whatDoesNotExistIsFound() {
        Map<String, CommandLine> commands = Main.commandLine().getSubcommands();

        assertThat(exists(commands, "get imagepolicy -A -o jsonpath='{.x}'")).isTrue();
        assertThat(exists(commands, "get|status --context ''")).isTrue();
        assertThat(exists(commands, "fetch imagepolicy")).isFalse();
        assertThat(exists(commands, "get imagepolicy --every")).isFalse();
    }

    /** The script answers by itself while nothing is built. */
    @Test
    void theScriptsUsageHasEveryCommand() throws IOException {
        String script = Files.readString(ROOT.resolve("tidemark"));
        String usage = script.substring(script.indexOf("usage() {"), script.indexOf("Needs a JDK"));

        Main.commandLine().getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(usage).containsPattern("(?m)^ .*\\b" + name + "\\b");
            }
        });
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 4, (path, _) -> path.toString().endsWith(".md"))) {
            return files.filter(path -> !path.toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
