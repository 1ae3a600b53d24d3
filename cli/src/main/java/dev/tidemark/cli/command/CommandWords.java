package dev.tidemark.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What people type who are used to kubectl and flux, as this command line reads it. */
public final class CommandWords {

    /** Those of several commands that have a value behind them. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-n",
            "--namespace",
            "-l",
            "--selector",
            "-o",
            "--output",
            "--context",
            "--kubeconfig",
            "--state",
            "--server",
            "--token-file",
            "--installed-in");

    /** These are asked of the command line itself. */
    private static final Set<String> ITS_OWN = Set.of("-h", "--help", "-V", "--version", "--verbose");

    private CommandWords() {}

    /** Options may stand before the command, {@code get events} is {@code events}. */
    public static String[] arranged(String... words) {
        List<String> options = new ArrayList<>();
        int next = 0;
        while (next < words.length && words[next].startsWith("-") && !ITS_OWN.contains(words[next])) {
            options.add(words[next]);
            if (WITH_VALUE.contains(words[next]) && next + 1 < words.length) {
                next++;
                options.add(words[next]);
            }
            next++;
        }
        if (next == words.length) {
            return words;
        }
        List<String> arranged = new ArrayList<>(List.of(words[next]));
        List<String> rest = new ArrayList<>(Arrays.asList(words).subList(next + 1, words.length));
        if (words[next].equals("get")
                && !rest.isEmpty()
                && Set.of("events", "event", "ev").contains(rest.getFirst())) {
            arranged.set(0, "events");
            rest.removeFirst();
        }
        arranged.addAll(options);
        arranged.addAll(rest);
        return arranged.toArray(String[]::new);
    }
}
