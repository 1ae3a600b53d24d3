package dev.tidemark.demo.registry;

import java.util.regex.Pattern;

/** The name of a repository as the OCI distribution specification allows it; safe as a path of folders. */
record RepositoryPath(String text) {

    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final int MAX_LENGTH = 255;

    RepositoryPath {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            throw new RegistryError(400, "NAME_INVALID", "'" + text + "' is not a repository name");
        }
    }

    /** The tag, if it is one. */
    static String tag(String reference) {
        if (!TAG.matcher(reference).matches()) {
            throw new RegistryError(400, "TAG_INVALID", "'" + reference + "' is not a tag");
        }
        return reference;
    }
}
