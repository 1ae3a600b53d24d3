package dev.tidemark.cli.command;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What a word of the command line can be completed to, by the words before it. */
final class Completion {

    /** The shell's own names of files. */
    private static final Candidate FILES = new Candidate(":files", "");

    private static final String EVERY_KIND = "all";

    private static final Set<String> OF_OBJECTS =
            Set.of("get", "describe", "reconcile", "suspend", "resume", "hold", "release", "explain", "why-not");

    /** Behind one object these take a tag, which nobody knows here. */
    private static final Set<String> OF_ONE_OBJECT = Set.of("explain", "why-not");

    private static final Set<String> OBJECT_OPTIONS = Set.of("--for", "--object");

    /** A word, and what it is; empty where that says nothing more. */
    record Candidate(String word, String about) {

        static Candidate of(String word) {
            return new Candidate(word, "");
        }
    }

    private final String typed;
    private final List<String> before;

    private Completion(List<String> words) {
        this.typed = words.getLast();
        this.before = words.subList(0, words.size() - 1);
    }

    /** @param words all behind the program's name; the last, perhaps empty, is the one to complete */
    static List<Candidate> of(List<String> words) {
        return new Completion(words).candidates();
    }

    private List<Candidate> candidates() {
        CommandLine all = TidemarkCommand.lineFor(new TidemarkCommand());
        String[] arranged = CommandWords.arranged(before.toArray(String[]::new));
        @Nullable
        CommandLine command = arranged.length == 0 ? null : all.getSubcommands().get(arranged[0]);
        if (command != null) {
            return inCommand(command.getCommandSpec(), Arrays.asList(arranged).subList(1, arranged.length));
        }
        // options that stand before the command are those of get
        CommandSpec common = CommandSpec.forAnnotatedObject(new GetCommand());
        @Nullable OptionSpec open = before.isEmpty() ? null : taking(common, before.getLast());
        if (open != null) {
            return beginning(values(open, "get"));
        }
        if (typed.startsWith("-")) {
            return options(all.getCommandSpec(), List.of());
        }
        return before.stream().allMatch(word -> word.startsWith("-") || isValue(common, word))
                ? commands(all)
                : List.of();
    }

    private boolean isValue(CommandSpec spec, String word) {
        int at = before.indexOf(word);
        return at > 0 && taking(spec, before.get(at - 1)) != null;
    }

    private List<Candidate> commands(CommandLine all) {
        return beginning(all.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden())
                .map(spec -> new Candidate(spec.name(), about(spec.usageMessage()))));
    }

    private static String about(UsageMessageSpec usage) {
        return first(usage.header().length > 0 ? usage.header() : usage.description());
    }

    private List<Candidate> inCommand(CommandSpec spec, List<String> words) {
        List<String> positionals = new ArrayList<>();
        @Nullable OptionSpec open = null;
        for (String word : words) {
            if (open != null) {
                open = null;
            } else if (word.startsWith("-")) {
                open = taking(spec, word);
            } else {
                positionals.add(word);
            }
        }
        if (open != null) {
            return beginning(values(open, spec.name()));
        }
        int equals = typed.startsWith("--") ? typed.indexOf('=') : -1;
        if (equals > 0) {
            @Nullable OptionSpec option = taking(spec, typed.substring(0, equals));
            return option == null
                    ? List.of()
                    : beginning(values(option, spec.name())
                            .map(value -> value.equals(FILES)
                                    ? value
                                    : Candidate.of(typed.substring(0, equals + 1) + value.word())));
        }
        return typed.startsWith("-") ? options(spec, words) : positional(spec, positionals);
    }

    /** The option with this name, if it takes a value that does not stand in the same word. */
    private static @Nullable OptionSpec taking(CommandSpec spec, String word) {
        @Nullable OptionSpec option = spec.optionsMap().get(word);
        return option != null && option.arity().max() > 0 && !option.typeInfo().isBoolean() ? option : null;
    }

    private List<Candidate> options(CommandSpec spec, List<String> given) {
        return beginning(spec.options().stream()
                .filter(option -> !option.hidden()
                        && (option.isMultiValue()
                                || Arrays.stream(option.names()).noneMatch(given::contains)))
                .map(option -> new Candidate(option.longestName(), first(option.description()))));
    }

    private Stream<Candidate> values(OptionSpec option, String command) {
        List<String> names = List.of(option.names());
        if (names.contains("--namespace")) {
            return words(() -> named().namespaces());
        }
        if (names.contains("--context")) {
            return words(() -> named().contexts());
        }
        if (names.stream().anyMatch(OBJECT_OPTIONS::contains)) {
            return slashed(typed.substring(typed.indexOf('=') + 1), kindsFor(command));
        }
        if (isFile(option)) {
            return Stream.of(FILES);
        }
        if (names.contains("--output")) {
            return (command.equals("get")
                            ? Stream.of("wide", "yaml", "json", "name", "jsonpath=", "go-template=", "custom-columns=")
                            : Stream.of("json"))
                    .map(Candidate::of);
        }
        return Stream.empty();
    }

    private List<Candidate> positional(CommandSpec spec, List<String> given) {
        if (OF_OBJECTS.contains(spec.name())) {
            return beginning(objects(spec.name(), given));
        }
        return switch (spec.name()) {
            case "help" -> given.isEmpty() ? commands(TidemarkCommand.lineFor(new TidemarkCommand())) : List.of();
            case "completion" ->
                given.isEmpty() ? beginning(CompletionCommand.SHELLS.stream().map(Candidate::of)) : List.of();
            case "log-level" ->
                given.size() == 1
                        ? beginning(Stream.of("ERROR", "WARN", "INFO", "DEBUG").map(Candidate::of))
                        : List.of();
            default -> spec.positionalParameters().stream().anyMatch(Completion::isFile) ? List.of(FILES) : List.of();
        };
    }

    private Stream<Candidate> objects(String command, List<String> given) {
        List<ObjectKind> kinds = kindsFor(command);
        List<String> joined = ObjectKinds.joinTwoWords(given);
        if (joined.isEmpty()) {
            return typed.contains("/") ? slashed(typed, kinds) : kinds(command, kinds);
        }
        String first = joined.getFirst();
        if (OF_ONE_OBJECT.contains(command) && (joined.size() > 1 || first.contains("/"))) {
            return Stream.empty();
        }
        if (first.contains("/")) {
            return slashed(typed, kinds).filter(one -> !given.contains(one.word()));
        }
        List<String> second = joined.size() == 1 ? ObjectKinds.secondWords(first) : List.of();
        if (!second.isEmpty()) {
            return second.stream().map(Candidate::of);
        }
        boolean several = first.contains(",") || first.equals(EVERY_KIND);
        return several ? Stream.empty() : words(() -> named().names(first)).filter(one -> !joined.contains(one.word()));
    }

    private static List<ObjectKind> kindsFor(String command) {
        return switch (command) {
            case "get", "describe", "events", "logs" -> ObjectKinds.SHOWN;
            case "hold", "release", "explain", "why-not" ->
                ObjectKinds.SERVED.stream()
                        .filter(kind -> Explanation.POLICIES.contains(kind.name()))
                        .toList();
            default -> ObjectKinds.SERVED;
        };
    }

    private Stream<Candidate> kinds(String command, List<ObjectKind> kinds) {
        int comma = typed.lastIndexOf(',') + 1;
        String others = typed.substring(0, comma);
        Stream<Candidate> all = kinds.stream().map(kind -> new Candidate(others + kind.word(), kind.name()));
        return switch (command) {
            case "get" -> Stream.concat(all, Stream.of(new Candidate(EVERY_KIND, "objects of all kinds")));
            case "explain" -> Stream.concat(all, Stream.of(new Candidate(ExplainCommand.COMMIT, "by its id")));
            default -> all;
        };
    }

    private Stream<Candidate> slashed(String word, List<ObjectKind> kinds) {
        int slash = word.indexOf('/');
        if (slash < 0) {
            return kinds.stream().map(kind -> Candidate.of(kind.word() + '/'));
        }
        String kind = word.substring(0, slash);
        return words(() -> named().names(kind)).map(one -> Candidate.of(kind + '/' + one.word()));
    }

    private Where named() {
        return Where.of(before);
    }

    private static boolean isFile(ArgSpec argument) {
        return Path.class.equals(argument.auxiliaryTypes()[0]);
    }

    private static Stream<Candidate> words(Supplier<List<String>> names) {
        return names.get().stream().map(Candidate::of);
    }

    private List<Candidate> beginning(Stream<Candidate> all) {
        return all.filter(one -> one.equals(FILES) || one.word().startsWith(typed))
                .toList();
    }

    private static String first(String... sentences) {
        return sentences.length == 0 ? "" : sentences[0];
    }
}
