package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a kubeconfig begins with.
 *
 * @param authority whom to trust there, as PEM
 */
record KubeconfigCluster(String server, String authority) {

    /** Empty where not every cluster in it says where it is and whom to trust. */
    static Optional<KubeconfigCluster> first(YamlDocuments yaml, String text) {
        if (!(read(yaml, text) instanceof Map<?, ?> all) || !(all.get("clusters") instanceof List<?> clusters)) {
            return Optional.empty();
        }
        List<Optional<KubeconfigCluster>> read =
                clusters.stream().map(KubeconfigCluster::cluster).toList();
        return read.stream().allMatch(Optional::isPresent)
                ? read.stream().findFirst().flatMap(one -> one)
                : Optional.empty();
    }

    private static @Nullable Object read(YamlDocuments yaml, String text) {
        try {
            return yaml.first(text);
        } catch (InvalidYamlException secret) {
            // what it says may quote the text
            return null;
        }
    }

    private static Optional<KubeconfigCluster> cluster(@Nullable Object entry) {
        if (entry instanceof Map<?, ?> named
                && named.get("cluster") instanceof Map<?, ?> cluster
                && cluster.get("server") instanceof String server
                && cluster.get("certificate-authority-data") instanceof String authority) {
            try {
                byte[] pem = Base64.getDecoder().decode(authority.strip());
                return Optional.of(new KubeconfigCluster(server, new String(pem, StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException noBase64) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
