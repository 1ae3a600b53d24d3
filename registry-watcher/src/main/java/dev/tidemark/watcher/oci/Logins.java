package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.ServiceAccountContent;
import dev.tidemark.flux.cache.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an access profile logs in with: its Secret and the pull secrets of its service account are one keyring, of
 * which the most specific key counts, and of equal keys the first (flux-git-based 9.2, as the kubelet does it).
 */
final class Logins {

    private static final String CONFIG_JSON = "kubernetes.io/dockerconfigjson";
    private static final String CONFIG_OLD = "kubernetes.io/dockercfg";

    private Logins() {}

    /**
     * @param resources where ServiceAccounts are
     * @param authority host and port that will be spoken to: a mirror gets what is meant for the mirror
     * @throws RegistryException when something named does not exist or cannot be read
     */
    static Login find(
            Resources resources, AccessSecrets secrets, AccessProfile access, String authority, String repository)
            throws RegistryException {
        List<String> names = new ArrayList<>();
        if (access.secret() != null) {
            names.add(access.secret());
        }
        if (access.serviceAccount() != null && access.provider() == null) {
            names.addAll(pullSecrets(resources, access.namespace(), access.serviceAccount()));
        }
        String host = RegistryHost.canonical(authority);
        List<String> notes = new ArrayList<>();
        List<DockerConfig.Entry> matching = new ArrayList<>();
        for (String name : names) {
            String from = secrets.from(name);
            SecretContent secret = secrets.get(name);
            Optional<DockerConfig> config = config(secret, from);
            if (config.isEmpty()) {
                notes.add("Secret '" + from + "' is of type '" + type(secret) + "', only " + CONFIG_JSON + " and "
                        + CONFIG_OLD + " are read");
                continue;
            }
            List<DockerConfig.Entry> found = config.get().matching(host, repository);
            if (found.isEmpty()) {
                notes.add("Secret '" + from + "' has no entry for " + authority);
            }
            matching.addAll(found);
        }
        if (matching.isEmpty()) {
            return new Login.Anonymous(String.join("; ", notes));
        }
        matching.sort(Comparator.comparing(DockerConfig.Entry::key).reversed());
        DockerConfig.Entry first = matching.getFirst();
        return first.login()
                .orElseGet(() -> new Login.Anonymous("the entry '" + first.key() + "' of Secret '" + first.from()
                        + "' has neither 'auth' nor 'username' and 'password'"));
    }

    private static List<String> pullSecrets(Resources resources, String namespace, String account)
            throws RegistryException {
        ServiceAccountContent content = resources
                .find(Kinds.SERVICE_ACCOUNT, namespace, account)
                .orElseThrow(() -> wrong("ServiceAccount '" + namespace + "/" + account + "' not found: create it"))
                .spec();
        List<LocalRef> secrets = content.imagePullSecrets();
        return secrets == null
                ? List.of()
                : secrets.stream().map(LocalRef::name).toList();
    }

    private static Optional<DockerConfig> config(SecretContent secret, String from) throws RegistryException {
        String type = type(secret);
        String key =
                switch (type) {
                    case CONFIG_JSON -> ".dockerconfigjson";
                    case CONFIG_OLD -> ".dockercfg";
                    default -> "";
                };
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String text = secret.text(key);
        if (text == null) {
            throw wrong("Secret '" + from + "' has no key '" + key + "'");
        }
        try {
            return Optional.of(
                    type.equals(CONFIG_OLD) ? DockerConfig.parseOld(text, from) : DockerConfig.parse(text, from));
        } catch (JsonProcessingException notJson) {
            throw wrong("Secret '" + from + "': the value of '" + key + "' is not JSON");
        }
    }

    private static String type(SecretContent secret) {
        return secret.type() == null ? "Opaque" : secret.type();
    }

    private static RegistryException wrong(String message) {
        return new RegistryException(ScanFailure.CONFIGURATION, message);
    }
}
