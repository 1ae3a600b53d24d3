package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Main;
import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real shell makes of the completion: of the words, of those that it asks for, and of the candidates. */
class ShellCompletionTest {

    /** Bash with the words as it splits them, the last being the one under the cursor. */
    private static final String BASH = """
            source "$HERE/completion.bash"
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _tidemark
            [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /** Zsh without its line editor: what would be offered is printed. */
    private static final String ZSH = """
            compdef() {}
            compset() {}
            _files() { print files }
            _describe() {
              local list
              for list in whole begun; do print -rl -- "${(@)${(P)list}/%/ ($list)}"; done
            }
            source "$HERE/completion.zsh"
            words=("$@") CURRENT=$# PREFIX=${@[-1]}
            _tidemark
            """;

    private static final String FISH = """
            source "$HERE/completion.fish"
            complete -C "$argv"
            """;

    private final Path folder;

    ShellCompletionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void bashOffersNamesOfObjects() throws Exception {
        KnownState.in(folder.resolve("state folder"));
        // a busy machine starts a JVM in more time than a person waits
        program("shift; exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s __complete --limit 60 \"$@\""
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName()));

        String state = folder.resolve("state folder").toString().replace(" ", "\\ ");
        assertThat(bash("tidemark", "get", "image", "policy", "--state", state, ""))
                .containsExactly("my-app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get _ | get,_ | imagepolicy\tImagePolicy | imagepolicy",
                "_ | _ | get\tShow objects | get",
                "get --output = j | get,--output=j | --output=json | json",
                "get --output = | get,--output= | --output=wide | wide",
                "get -o jsonpath = | get,-o,jsonpath= | jsonpath=x | x",
                "get --context arn : aws : c | get,--context,arn:aws:c | arn:aws:c/there | c/there",
                "get --context=arn:a | get,--context=arn:a | --context=arn:aws | --context=arn:aws",
                "get 'imgpol/my | get,imgpol/my | imgpol/my-app | imgpol/my-app",
                "get imgpol/m | get,imgpol/m | imgpol/m$y | imgpol/m\\$y",
                "replay _ | replay,_ | :files | _",
            })
    void bashPutsWordsTogether(String typed, String asked, String candidate, String offered) throws Exception {
        answering(candidate);

        assertThat(bash(("tidemark " + typed.replace("_", "")).split(" ", -1)))
                .isEqualTo(offered.equals("_") ? List.of() : List.of(offered));
        assertThat(asked()).containsExactly(("__complete,--," + asked.replace("_", "")).split(",", -1));
    }

    @Test
    void bashCompletesACommandInAnyFolder() throws Exception {
        assertThat(run(Tools.require("bash", "bash"), "source \"$HERE/completion.bash\"; complete -p tidemark"))
                .containsExactly("complete -F _tidemark tidemark");
    }

    @Test
    void zshOffersThemWithWhatTheyAre() throws Exception {
        answering("imagepolicy\tImagePolicy: a policy\nimgpol/\na:b");

        assertThat(zsh("tidemark", "get", "imgpol", "im\\ a"))
                .containsExactly("imagepolicy:ImagePolicy: a policy (whole)", "a\\:b (whole)", "imgpol/ (begun)");
        assertThat(asked()).containsExactly("__complete", "--", "get", "imgpol", "im a");

        answering(":files");
        assertThat(zsh("tidemark", "")).containsExactly("files");
        assertThat(asked()).containsExactly("__complete", "--", "");
    }

    @Test
    void fishOffersThemWithWhatTheyAre() throws Exception {
        answering("imagepolicy\tImagePolicy: a policy\nimgpol/");

        assertThat(fish("tidemark get 'a b' im"))
                .containsExactlyInAnyOrder("imagepolicy\tImagePolicy: a policy", "imgpol/");
        assertThat(asked()).containsExactly("__complete", "--", "get", "a b", "im");

        answering("get\tShow objects");
        assertThat(fish("tidemark ")).containsExactly("get\tShow objects");
        assertThat(asked()).containsExactly("__complete", "--", "");

        answering(":files");
        Files.writeString(folder.resolve("range.jsonl"), "");
        assertThat(fish("tidemark replay ran")).containsExactly("range.jsonl");
        assertThat(fish("tidemark replay --state=ran")).containsExactly("--state=range.jsonl");
    }

    private List<String> bash(String... words) throws Exception {
        return run(Tools.require("bash", "bash"), BASH, words);
    }

    private List<String> zsh(String... words) throws Exception {
        return run(Tools.ifThere("zsh"), ZSH, words);
    }

    private List<String> fish(String line) throws Exception {
        return run(Tools.ifThere("fish"), FISH, line);
    }

    private List<String> run(Path shell, String script, String... words) throws Exception {
        String name = shell.getFileName().toString();
        Files.writeString(
                folder.resolve("completion." + name),
                Ran.command("completion", name).out());
        Path file = Files.writeString(folder.resolve("script"), script);
        ProcessBuilder process = new ProcessBuilder(shell.toString(), file.toString());
        process.command().addAll(List.of(words));
        process.directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        process.environment().put("HERE", folder.toString());
        process.environment().put("HOME", folder.toString());
        process.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process running = process.start();
        running.getOutputStream().close();
        List<String> lines = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        running.waitFor();
        assertThat(folder.resolve("errors")).isEmptyFile();
        return lines;
    }

    private void program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("tidemark"), "#!/bin/sh\n" + script + '\n');
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** Whatever it is asked, which it keeps. */
    private void answering(String candidates) throws IOException {
        Files.writeString(folder.resolve("candidates"), candidates + '\n');
        program("printf '%s\\n' \"$@\" > \"$HERE/asked\"; cat \"$HERE/candidates\"");
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }
}
