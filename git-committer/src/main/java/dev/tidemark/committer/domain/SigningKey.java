package dev.tidemark.committer.domain;

import org.jspecify.annotations.Nullable;

/**
 * A key to sign commits with, as its Secret holds it (flux-git-based 14). Never printed with its secrets.
 *
 * @param secret name of the Secret, for messages
 * @param text the private key, in armor or PEM
 * @param passphrase null for none; one that the key does not need is ignored
 */
public record SigningKey(
        Format format, String secret, String text, @Nullable String passphrase) {

    /** Of the key and of the signature; it is declared and never guessed. */
    public enum Format {
        GPG("a", "git.asc", "passphrase"),
        SSH("an", "identity", "password");

        private final String article;
        private final String entry;
        private final String passphraseEntry;

        Format(String article, String entry, String passphraseEntry) {
            this.article = article;
            this.entry = entry;
            this.passphraseEntry = passphraseEntry;
        }

        /** What the Secret calls the key. */
        String entry() {
            return entry;
        }

        /** The same, with its article. */
        String namedEntry() {
            return article + " '" + entry + '\'';
        }

        /** What the Secret calls its passphrase. */
        public String passphraseEntry() {
            return passphraseEntry;
        }
    }

    @Override
    public String toString() {
        return "SigningKey(" + format + ", " + secret + ')';
    }
}
