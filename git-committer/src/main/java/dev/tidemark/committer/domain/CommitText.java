package dev.tidemark.committer.domain;

import java.time.ZonedDateTime;

/**
 * What a commit says. The message is the template's output and nothing else: Flux users hash and parse it, so what
 * Tidemark has to add stands in headers of its own ({@code selections}, {@code automation}) and in the log.
 *
 * @param author author and committer; the name may be empty
 * @param selections the selections behind the commit, {@code target@sequence} separated by blanks
 * @param automation whose commit it is, {@code namespace/name}
 */
public record CommitText(Author author, ZonedDateTime time, String message, String selections, String automation) {

    /** The characters that would break a commit's header are dropped, as Git does (flux-git-based 12.4). */
    public record Author(String name, String email) {
        public Author {
            name = clean(name);
            email = clean(email);
        }

        private static String clean(String text) {
            return text.replaceAll("[<>\\r\\n]", "");
        }
    }
}
