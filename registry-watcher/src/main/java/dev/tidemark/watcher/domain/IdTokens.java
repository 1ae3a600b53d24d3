package dev.tidemark.watcher.domain;

/** Judges the tokens with which Google's push subscriptions prove who they are (flux-git-based 18.3, {@code gcr}). */
@FunctionalInterface
public interface IdTokens {

    /**
     * Whether Google has signed the token for this audience and this verified account, and it has not expired.
     *
     * @throws KeysUnavailableException when that cannot be told now
     */
    boolean prove(String token, String audience, String email);

    /** The signer's published keys cannot be had: neither yes nor no can be said. */
    final class KeysUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public KeysUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
