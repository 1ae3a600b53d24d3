package dev.tidemark.committer.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which names of refs Git takes (git-check-ref-format): a spec may have any text. */
final class RefNames {

    private static final Pattern CHARACTERS = Pattern.compile("[^\\p{Cc} ~^:?*\\[\\\\]+");
    private static final Pattern ORDER =
            Pattern.compile("(?!.*(?:\\.\\.|//|@\\{|/\\.|\\.lock(?:/|$)))(?![./])(?!@$).*[^./]");

    /** Longer ones fit into no file system's path. */
    private static final int MAX_LENGTH = 1024;

    private RefNames() {}

    /** What is wrong with a name; empty if nothing is. */
    static Optional<String> problem(String name) {
        if (name.length() > MAX_LENGTH) {
            return Optional.of("it has more than " + MAX_LENGTH + " characters");
        }
        if (!CHARACTERS.matcher(name).matches()) {
            return Optional.of("it has a blank, a control character or one of ~ ^ : ? * [ \\");
        }
        return ORDER.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("it begins or ends with '/' or '.', or has '..', '//', '/.', '@{' or a part '.lock'");
    }
}
