package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.flux.view.ObjectView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the words after a command mean: {@code KIND}, {@code KIND NAME…}, {@code KIND/NAME…}, {@code KIND,KIND}, {@code
 * image policy NAME}.
 *
 * @param names empty for all objects of the kinds
 */
record ObjectArguments(List<ObjectKind> kinds, List<String> names) {

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
        return new ObjectArguments(kinds, names);
    }

    private static ObjectArguments slashed(List<String> words, Collection<String> rendered) {
        List<ObjectKind> kinds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String word : words) {
            int slash = word.indexOf('/');
            if (slash < 1 || slash == word.length() - 1) {
                throw new UserError("'" + word + "' is not KIND/NAME: write all objects in that form, or KIND NAME.");
            }
            kinds.addAll(ObjectKinds.named(word.substring(0, slash), rendered));
            names.add(word.substring(slash + 1));
        }
        if (kinds.stream().distinct().count() > 1) {
            throw new UserError("objects of several kinds with names: ask for one kind at a time.");
        }
        return new ObjectArguments(List.of(kinds.getFirst()), names);
    }

    /** The one kind, for commands that change something. */
    ObjectKind kind() {
        if (kinds.size() != 1) {
            throw new UserError("one kind at a time: write KIND NAME.");
        }
        return kinds.getFirst();
    }
}
