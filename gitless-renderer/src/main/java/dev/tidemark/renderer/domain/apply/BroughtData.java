package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives rendered objects the data of others that their annotations ask for (flux-gitless 2.6). All of it is read before the
 * first object is applied, with the rights of whoever applies. What goes wrong names objects and never shows data.
 */
public final class BroughtData {

    private static final String CONFIG_MAP = "ConfigMap";
    private static final String SECRET = "Secret";
    private static final String DATA = "data";
    private static final String BINARY_DATA = "binaryData";
    private static final String STRING_DATA = "stringData";
    private static final String CA = "ca.crt";
    private static final String ADDRESS = "address";
    private static final List<String> KUBECONFIG_KEYS = List.of("kubeconfig", "value");

    private final YamlDocuments yaml;
    private final ObjectAccess access;
    private final Map<ObjectId, Optional<KubeObject>> found = new HashMap<>();

    private BroughtData(YamlDocuments yaml, ObjectAccess access) {
        this.yaml = yaml;
        this.access = access;
    }

    /** {@code NAMESPACE/NAME}, with a key behind a colon where there is one. */
    private record Reference(String namespace, String name, String key) {}

    /**
     * The steps with the data in them; the same ones where no object asks for any.
     *
     * @param access to the objects that are read
     * @throws ObjectStoreException where what is asked for is not there, may not be read, or is not of that form
     */
    public static List<RenderedStep> into(List<RenderedStep> steps, YamlDocuments yaml, ObjectAccess access) {
        boolean asked = steps.stream()
                .flatMap(step -> step.objects().stream())
                .anyMatch(object -> DataAnnotations.in(object).isPresent());
        return asked ? new BroughtData(yaml, access).into(steps) : steps;
    }

    private List<RenderedStep> into(List<RenderedStep> steps) {
        List<RenderedStep> copied = steps.stream()
                .map(step -> new RenderedStep(
                        step.name(),
                        step.objects().stream()
                                .map(object -> converted(copied(object)))
                                .toList()))
                .toList();
        Map<ObjectId, KubeObject> rendered = new HashMap<>();
        copied.forEach(step -> step.objects().forEach(object -> rendered.put(object.id(), object)));
        Checksums checksums =
                new Checksums(id -> Optional.ofNullable(rendered.get(id)).or(() -> source(id)));
        return copied.stream()
                .map(step -> new RenderedStep(
                        step.name(), step.objects().stream().map(checksums::in).toList()))
                .toList();
    }

    private KubeObject copied(KubeObject object) {
        String from = object.annotation(DataAnnotations.COPY_FROM);
        if (from.isEmpty() || !isCore(object, CONFIG_MAP, SECRET)) {
            return object;
        }
        Reference reference = reference(object, DataAnnotations.COPY_FROM, from, false);
        KubeObject source = needed(object, DataAnnotations.COPY_FROM, object.kind(), reference);
        return object.kind().equals(SECRET) ? copiedSecret(object, source) : copiedConfig(object, source);
    }

    private static KubeObject copiedConfig(KubeObject object, KubeObject source) {
        KubeObject copy = object.with(DATA, source.members(DATA));
        Map<String, @Nullable Object> binary = source.members(BINARY_DATA);
        return binary.isEmpty() ? copy : copy.with(BINARY_DATA, binary);
    }

    /** As data, which also holds what is no text; the template's own of the same name gives way. */
    private static KubeObject copiedSecret(KubeObject object, KubeObject source) {
        Map<String, @Nullable Object> all = new TreeMap<>(object.members(DATA));
        all.putAll(source.members(DATA));
        Map<String, @Nullable Object> texts = new TreeMap<>(object.members(STRING_DATA));
        texts.keySet().removeAll(source.members(DATA).keySet());
        KubeObject copy = object.with(DATA, all);
        if (!object.members(STRING_DATA).isEmpty()) {
            copy = copy.with(STRING_DATA, texts);
        }
        return object.text("type").isEmpty() && !source.text("type").isEmpty()
                ? copy.with("type", source.text("type"))
                : copy;
    }

    private KubeObject converted(KubeObject object) {
        String from = object.annotation(DataAnnotations.CONVERT_FROM);
        if (from.isEmpty() || !isCore(object, CONFIG_MAP)) {
            return object;
        }
        Reference reference = reference(object, DataAnnotations.CONVERT_FROM, from, true);
        KubeObject source = needed(object, DataAnnotations.CONVERT_FROM, SECRET, reference);
        List<String> keys = reference.key().isEmpty() ? KUBECONFIG_KEYS : List.of(reference.key());
        Map<String, byte[]> data = Checksums.data(source);
        byte[] kubeconfig = keys.stream()
                .filter(data::containsKey)
                .findFirst()
                .map(data::get)
                .orElseThrow(() -> problem(
                        object,
                        DataAnnotations.CONVERT_FROM,
                        source.id() + " has no key " + String.join(" and no key ", keys)));
        KubeconfigCluster cluster = KubeconfigCluster.first(yaml, new String(kubeconfig, StandardCharsets.UTF_8))
                .orElseThrow(() -> problem(
                        object,
                        DataAnnotations.CONVERT_FROM,
                        source.id() + " holds no kubeconfig all of whose clusters have server and"
                                + " certificate-authority-data"));
        Map<String, @Nullable Object> now = new TreeMap<>(object.members(DATA));
        now.putIfAbsent(ADDRESS, cluster.server());
        now.putIfAbsent(CA, cluster.authority());
        return object.with(DATA, now);
    }

    private static boolean isCore(KubeObject object, String... kinds) {
        return object.apiVersion().equals("v1") && List.of(kinds).contains(object.kind());
    }

    private static Reference reference(KubeObject object, String annotation, String text, boolean withKey) {
        String[] parts = text.strip().split("/", -1);
        String[] name = parts.length == 2 ? parts[1].split(":", 2) : new String[0];
        if (name.length == 0
                || parts[0].isEmpty()
                || name[0].isEmpty()
                || (name.length == 2 && (!withKey || name[1].isEmpty()))) {
            throw problem(
                    object,
                    annotation,
                    "'" + text + "' is not NAMESPACE/NAME" + (withKey ? " or NAMESPACE/NAME:KEY" : ""));
        }
        return new Reference(parts[0], name[0], name.length == 2 ? name[1] : "");
    }

    private KubeObject needed(KubeObject object, String annotation, String kind, Reference reference) {
        ObjectId id = new ObjectId("", kind, reference.namespace(), reference.name());
        return source(id).orElseThrow(() -> problem(object, annotation, id + " does not exist"));
    }

    private Optional<KubeObject> source(ObjectId id) {
        return found.computeIfAbsent(id, access::find);
    }

    private static ObjectStoreException problem(KubeObject object, String annotation, String what) {
        return new ObjectStoreException(object.id() + ", annotation " + annotation + ": " + what, null);
    }
}
