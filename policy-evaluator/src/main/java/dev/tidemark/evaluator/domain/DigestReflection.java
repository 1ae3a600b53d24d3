package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a selection carries a digest, and which (flux-git-based 11). Lists carry what is known. */
final class DigestReflection {

    private DigestReflection() {}

    static @Nullable String digest(PolicyDeclared declared, String tag, PolicyMemory memory, TagBook book) {
        String known = book.find(declared.feed(), tag).map(KnownTag::digest).orElse(null);
        if (declared.rule() instanceof PolicyRule.TagList) {
            return known;
        }
        return switch (declared.digestReflection()) {
            case "Always" -> known;
            case "IfNotPresent" -> kept(tag, memory).orElse(known);
            default -> null;
        };
    }

    private static Optional<String> kept(String tag, PolicyMemory memory) {
        return memory.selection().stream()
                .filter(s -> s.tag().equals(tag))
                .findFirst()
                .map(SelectedTag::digest);
    }

    /** Whether a tag may not be published before its digest is known. */
    static boolean mustHave(PolicyDeclared declared) {
        return !(declared.rule() instanceof PolicyRule.TagList)
                && (declared.digestReflection().equals("Always")
                        || declared.digestReflection().equals("IfNotPresent"));
    }

    /** Chosen tags whose digest somebody should look up: of a list only the first, which single renders use. */
    static List<String> unknown(PolicyDeclared declared, List<SelectedTag> chosen) {
        if (!mustHave(declared) && !(declared.rule() instanceof PolicyRule.TagList)) {
            return List.of();
        }
        return chosen.stream()
                .limit(1)
                .filter(s -> s.digest() == null)
                .map(SelectedTag::tag)
                .toList();
    }
}
