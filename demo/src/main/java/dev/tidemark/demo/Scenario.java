package dev.tidemark.demo;

/** The names that the examples use; the demo's additions must agree with them. */
public final class Scenario {

    public static final String NAMESPACE = "flux-system";
    public static final String APP = "my-app";

    /** In the registry. */
    public static final String REPOSITORY = "my-org/my-app";

    /** The host that the demo's registry stands in for. */
    public static final String HOST = "ghcr.io";

    public static final String IMAGE = HOST + "/" + REPOSITORY;
    public static final String MAIN_BRANCH = "main";
    public static final String PUSH_BRANCH = "staging-image-updates";
    public static final String DEPLOYMENT = "clusters/staging/my-app.yaml";

    /** There before the first push, so that both models start from something. */
    public static final String FIRST_VERSION = "1.0.0";

    /** What the first run pushes. */
    public static final String PUSHED_VERSION = "1.4.2";

    private Scenario() {}
}
