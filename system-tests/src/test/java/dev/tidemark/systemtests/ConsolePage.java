package dev.tidemark.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code ```console} blocks of a page. A line that begins with {@code $ } is a command, which goes on over lines that end with
 * a backslash and over a here-document; what follows is what it prints. What a reader does not see stands in a comment on the
 * line before the block: {@code <!-- not run: REASON -->}, or {@code <!-- ends with CODE -->} for the last command.
 *
 * @param text of the whole page
 */
record ConsolePage(String text, List<Block> blocks) {

    private static final String BEGIN = "```console";
    private static final String END = "```";
    private static final String PROMPT = "$ ";
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (?<value>.*\\S) -->");
    private static final Pattern ENDS_WITH = Pattern.compile("<!-- ends with (?<value>\\d+) -->");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*'?(\\w+)'?");

    /**
     * @param line of the page, from 1
     * @param heading of the section that it stands in
     * @param notRun why it is shown only
     */
    record Block(int line, String heading, Optional<String> notRun, List<Step> steps) {}

    /**
     * @param line of the page, from 1
     * @param command as somebody would paste it
     * @param output lines that the page shows; none where it does not say what comes
     * @param exitCode what it ends with
     */
    record Step(int line, String command, List<String> output, int exitCode) {

        /** Where its output begins in the page, counted from 0. */
        int outputLine() {
            return line - 1 + (int) command.lines().count();
        }
    }

    /** Reads a page. */
    static ConsolePage of(String text) {
        List<String> lines = text.lines().toList();
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
            } else if (line.equals(BEGIN)) {
                int end = at + 1;
                while (!lines.get(end).equals(END)) {
                    end++;
                }
                String before = at == 0 ? "" : lines.get(at - 1);
                int code = mark(ENDS_WITH, before).map(Integer::parseInt).orElse(0);
                blocks.add(new Block(at + 1, heading, mark(NOT_RUN, before), steps(lines, at + 1, end, code)));
                at = end;
            }
        }
        return new ConsolePage(text, blocks);
    }

    private static Optional<String> mark(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group("value")) : Optional.empty();
    }

    private static List<Step> steps(List<String> lines, int from, int to, int code) {
        List<Step> steps = new ArrayList<>();
        int at = from;
        while (at < to) {
            if (!lines.get(at).startsWith(PROMPT)) {
                throw new IllegalArgumentException("line " + (at + 1)
                        + ": a console block begins with a command behind '$ ', and not with: " + lines.get(at));
            }
            int begin = at;
            at = endOfCommand(lines, begin, to);
            String command = String.join("\n", lines.subList(begin, at)).substring(PROMPT.length());
            int output = at;
            while (at < to && !lines.get(at).startsWith(PROMPT)) {
                at++;
            }
            steps.add(new Step(begin + 1, command, List.copyOf(lines.subList(output, at)), at == to ? code : 0));
        }
        return steps;
    }

    private static int endOfCommand(List<String> lines, int begin, int to) {
        int at = begin;
        while (at < to - 1 && lines.get(at).endsWith("\\")) {
            at++;
        }
        Matcher here = HERE_DOCUMENT.matcher(lines.get(at));
        if (here.find()) {
            while (at < to - 1 && !lines.get(at).equals(here.group(1))) {
                at++;
            }
        }
        return at + 1;
    }

    /** The page with another output of one of its commands. */
    ConsolePage with(Step step, List<String> output) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<String> shown = lines.subList(
                step.outputLine(), step.outputLine() + step.output().size());
        shown.clear();
        shown.addAll(output);
        return of(String.join("\n", lines) + "\n");
    }
}
