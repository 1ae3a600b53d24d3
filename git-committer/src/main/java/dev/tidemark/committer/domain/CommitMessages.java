package dev.tidemark.committer.domain;

/** Renders an automation's message template. */
@FunctionalInterface
public interface CommitMessages {

    /** @throws MessageException if the template does not parse or fails */
    String render(AutomationPlan plan, TreeUpdate update);

    /** A template that cannot be used; its message says why, in Flux's words (flux-git-based 15.4). */
    final class MessageException extends RuntimeException {
        public MessageException(String message) {
            super(message);
        }
    }
}
