package dev.tidemark.committer.git;

import java.io.IOException;

/** A login that cannot be used as it is written; the message has the remedy, and no secrets. */
sealed class LoginException extends IOException permits SshKeys.PassphraseException {

    LoginException(String message) {
        super(message);
    }
}
