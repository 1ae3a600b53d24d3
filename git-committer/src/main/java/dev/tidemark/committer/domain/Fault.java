package dev.tidemark.committer.domain;

import dev.tidemark.flux.Redaction;
import java.util.regex.Pattern;

/** What nobody foresaw. It becomes an outcome like every other, so that somebody sees it; the log has it in full. */
public final class Fault {

    /** Names of Java's types help nobody who reads a condition. */
    private static final Pattern JAVA = Pattern.compile("\\b[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]|^(Cannot|class) ");

    private Fault() {}

    /** For a condition; what is masked is so before it is cut, since half of a secret is not recognised. */
    public static String text(Throwable fault, Redaction redaction) {
        if (fault instanceof StackOverflowError) {
            return "an unexpected fault: something is nested too deeply";
        }
        String message = fault.getMessage();
        return message == null || message.isBlank() || JAVA.matcher(message).find()
                ? "an unexpected fault: see the log of git-committer, and please report it"
                : "an unexpected fault: " + Printable.text(redaction.apply(Printable.withoutLogins(message)));
    }
}
