package dev.tidemark.go.yaml;

/** Which of Go's two YAML libraries is meant; they read the same grammar with a few differences. */
public enum YamlDialect {

    /**
     * {@code sigs.k8s.io/yaml}, which is {@code yaml.v2} and then JSON: how manifests are read. {@code yes} and
     * {@code off} are booleans, a later equal key replaces the earlier one.
     */
    KUBERNETES,

    /**
     * {@code yaml.v3}, and with it kyaml: how files with setters are read. Only {@code true} and {@code false} are
     * booleans, an equal key is an error. Tabs may stand before some comments that {@link #KUBERNETES} refuses.
     */
    KYAML
}
