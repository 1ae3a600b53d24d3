package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.flux.view.ObjectView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the words after a command mean: {@code KIND}, {@code KIND NAME…}, {@code KIND/NAME…} of one kind or several, {@code
 * KIND,KIND}, {@code image policy NAME}.
 *
 * @param names of each kind, in the order in which they were typed; empty for all its objects
 */
record ObjectArguments(Map<ObjectKind, List<String>> names) {

    static ObjectArguments read(List<String> words, ObjectView view) {
        return read(words, view.renderedKinds());
    }

    static ObjectArguments read(List<String> words, Collection<String> rendered) {
        List<String> joined = ObjectKinds.joinTwoWords(words);
        if (joined.getFirst().contains("/")) {
            return slashed(joined, rendered);
        }
        List<ObjectKind> kinds = ObjectKinds.named(joined.getFirst(), rendered);
        List<String> names = joined.subList(1, joined.size());
        if (!names.isEmpty() && kinds.size() > 1) {
            throw new UserError("names go with one kind only: write KIND/NAME for each object.");
        }
        Map<ObjectKind, List<String>> all = new LinkedHashMap<>();
        kinds.forEach(kind -> all.put(kind, names));
        return new ObjectArguments(all);
    }

    private static ObjectArguments slashed(List<String> words, Collection<String> rendered) {
        Map<ObjectKind, List<String>> all = new LinkedHashMap<>();
        for (String word : words) {
            int slash = word.indexOf('/');
            if (slash < 1 || slash == word.length() - 1) {
                throw new UserError("'" + word + "' is not KIND/NAME: write all objects in that form, or KIND NAME.");
            }
            for (ObjectKind kind : ObjectKinds.named(word.substring(0, slash), rendered)) {
                all.computeIfAbsent(kind, k -> new ArrayList<>()).add(word.substring(slash + 1));
            }
        }
        return new ObjectArguments(all);
    }

    List<ObjectKind> kinds() {
        return List.copyOf(names.keySet());
    }

    /** Whether an object of one of the kinds is meant. */
    boolean mean(ObjectKind kind, String name) {
        List<String> wanted = names.getOrDefault(kind, List.of());
        return wanted.isEmpty() || wanted.contains(name);
    }

    /** Whether it is one object, by its name. */
    boolean isOne() {
        return names.size() == 1 && names.values().iterator().next().size() == 1;
    }

    /** The one kind, for commands that take no more. */
    ObjectKind kind() {
        if (names.size() != 1) {
            throw new UserError("one kind at a time: write KIND NAME.");
        }
        return names.keySet().iterator().next();
    }

    /** The name of the one object, for commands that take no more. */
    String name() {
        List<String> of = names.getOrDefault(kind(), List.of());
        if (of.size() != 1) {
            throw new UserError("which " + kind().name() + "? Write its name: KIND NAME.");
        }
        return of.getFirst();
    }
}
