package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.policies.decide.Rules;
import java.util.Optional;

/**
 * Which annotations of ours mean something where. One that is misspelt would switch a protection off in silence. Whether
 * the value of a known one can be read is for whoever decides to say.
 */
final class OwnAnnotations {

    private OwnAnnotations() {}

    /** What is wrong with an annotation of that name on that kind. */
    static Optional<String> problem(Kind<?> kind, String name) {
        if (!name.startsWith(Rules.PREFIX)) {
            return Optional.empty();
        }
        if (!Rules.NAMES.contains(name)) {
            return Optional.of("unknown annotation " + name + ": " + Rules.remedy(name));
        }
        boolean decided = kind.equals(Kinds.IMAGE_POLICY) || kind.equals(Kinds.RESOURCE_SET_INPUT_PROVIDER);
        return decided
                ? Optional.empty()
                : Optional.of(
                        "annotation " + name + " means nothing on a " + kind.name() + ": put it on the ImagePolicy");
    }
}
