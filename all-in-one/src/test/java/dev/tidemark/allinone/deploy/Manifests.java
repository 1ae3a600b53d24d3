package dev.tidemark.allinone.deploy;

import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code kubectl kustomize} makes of a folder below {@code deploy}. */
record Manifests(List<Manifest> all) {

    static final Path ROOT = Path.of(System.getProperty("tidemark.root", ".."));

    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");

    /** One object, as text and as it is read. */
    record Manifest(String text, Map<String, Object> object) {

        static Manifest of(String text) {
            return new Manifest(text, map(YamlReader.first(text, YamlDialect.KYAML)));
        }

        String kind() {
            return String.valueOf(object.get("kind"));
        }

        String group() {
            String version = String.valueOf(object.get("apiVersion"));
            int slash = version.indexOf('/');
            return slash < 0 ? "" : version.substring(0, slash);
        }

        String name() {
            return String.valueOf(map(object.get("metadata")).get("name"));
        }

        Object at(String... path) {
            Object found = object;
            for (String key : path) {
                found = map(found).get(key);
            }
            return found;
        }

        /** The one container of a workload. */
        Map<String, Object> container() {
            return map(list(at("spec", "template", "spec", "containers")).getFirst());
        }

        boolean isWorkload() {
            return kind().equals("Deployment") || kind().equals("StatefulSet");
        }

        @Override
        public String toString() {
            return kind() + ' ' + name();
        }
    }

    static Manifests of(String folder) {
        return of(ROOT.resolve("deploy").resolve(folder));
    }

    private static Manifests of(Path folder) {
        return read(ApiServer.shared().kubectl("kustomize", folder.toString()));
    }

    /**
     * A folder with components, as an overlay has them.
     *
     * @param overlay an empty folder
     */
    static Manifests of(Path overlay, String folder, String... components) throws IOException {
        Path here = overlay.toRealPath();
        Path deploy = ROOT.resolve("deploy").toRealPath();
        StringBuilder kustomization = new StringBuilder("resources:\n");
        kustomization
                .append("  - ")
                .append(here.relativize(deploy.resolve(folder)))
                .append("\ncomponents:\n");
        for (String component : components) {
            kustomization
                    .append("  - ")
                    .append(here.relativize(deploy.resolve("components").resolve(component)))
                    .append('\n');
        }
        Files.writeString(here.resolve("kustomization.yaml"), kustomization);
        return of(here);
    }

    static Manifests read(String text) {
        return new Manifests(BETWEEN.splitAsStream(text)
                .filter(part -> !part.isBlank())
                .map(Manifest::of)
                .toList());
    }

    Manifests only(Predicate<Manifest> wanted) {
        return new Manifests(all.stream().filter(wanted).toList());
    }

    Manifests ofKind(String kind) {
        return only(one -> one.kind().equals(kind));
    }

    Manifest one(String kind, String name) {
        Optional<Manifest> found = all.stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("no " + kind + ' ' + name + " among " + all));
    }

    Stream<Manifest> workloads() {
        return all.stream().filter(Manifest::isWorkload);
    }

    /** All of them for another namespace than the one that they are written for. */
    Manifests in(String namespace) {
        return new Manifests(all.stream()
                .map(one -> Manifest.of(one.text().replaceAll("(?m)namespace: tidemark$", "namespace: " + namespace)))
                .toList());
    }

    String text() {
        return all.stream().map(Manifest::text).collect(Collectors.joining("---\n"));
    }

    /** Names of environment variables that a workload's container has, with those of the ConfigMaps it takes whole. */
    List<String> variables(Manifest workload) {
        List<String> names = new ArrayList<>();
        list(workload.container().get("env"))
                .forEach(variable -> names.add(map(variable).get("name").toString()));
        for (Object source : list(workload.container().get("envFrom"))) {
            if (map(source).get("configMapRef") != null) {
                String name = map(map(source).get("configMapRef")).get("name").toString();
                names.addAll(map(one("ConfigMap", name).at("data")).keySet());
            }
        }
        return names;
    }

    /** What a workload's container has as a variable of the ConfigMaps that it takes whole. */
    String setting(String workload, String variable) {
        Manifest found = workloads()
                .filter(one -> one.name().equals(workload))
                .findFirst()
                .orElseThrow();
        return list(found.container().get("envFrom")).stream()
                .map(source -> map(map(source).get("configMapRef")).get("name"))
                .filter(Objects::nonNull)
                .map(name -> map(one("ConfigMap", name.toString()).at("data")).get(variable))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + variable + " for " + workload))
                .toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object yaml) {
        return yaml == null ? Map.of() : (Map<String, Object>) yaml;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object yaml) {
        return yaml == null ? List.of() : (List<Object>) yaml;
    }
}
