package dev.tidemark.renderer.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where an API server has an object. */
final class ObjectPath {

    private ObjectPath() {}

    static String of(ResourceDefinitionContext kind, String namespace, String name) {
        String root = kind.getGroup().isEmpty() ? "/api/" : "/apis/" + kind.getGroup() + '/';
        String place = kind.isNamespaceScoped() ? "/namespaces/" + encoded(namespace) : "";
        return root + kind.getVersion() + place + '/' + kind.getPlural() + '/' + encoded(name);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
