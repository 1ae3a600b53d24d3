package dev.tidemark.flux.alert;

import java.net.URI;

/**
 * A repository as people write it, by HTTP or SSH.
 *
 * @param forge {@code https://host}, with a port where it has one
 * @param path {@code owner/name}, or more
 */
record RepositoryAddress(String forge, String path) {

    private static final String ENDING = ".git";

    static RepositoryAddress of(URI address, String type) throws UnusableProviderException {
        String path = String.valueOf(address.getPath()).replaceFirst("^/+", "").replaceFirst("/+$", "");
        if (address.getHost() == null || !path.contains("/")) {
            throw new UnusableProviderException("the address of a Provider of type '" + type
                    + "' is the repository's, such as https://" + type + ".com/OWNER/NAME");
        }
        boolean ssh = "ssh".equals(address.getScheme());
        String port = address.getPort() < 0 || ssh ? "" : ":" + address.getPort();
        return new RepositoryAddress(
                (ssh ? "https" : address.getScheme()) + "://" + address.getHost() + port,
                path.endsWith(ENDING) ? path.substring(0, path.length() - ENDING.length()) : path);
    }
}
