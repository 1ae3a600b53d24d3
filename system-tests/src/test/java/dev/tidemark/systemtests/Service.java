package dev.tidemark.systemtests;

/** The four services, each with its packaged module and the consumer groups that divide its work among replicas. */
enum Service {
    REGISTRY_WATCHER("registry-watcher", "registry-watcher-registry-notified"),
    POLICY_EVALUATOR("policy-evaluator", "policy-evaluator"),
    GIT_COMMITTER("git-committer", "git-committer-branch-state"),
    GITLESS_RENDERER("gitless-renderer", "gitless-renderer-tag-selected");

    private final String module;
    private final String group;

    Service(String module, String group) {
        this.module = module;
        this.group = group;
    }

    String module() {
        return module;
    }

    /** The group whose partitions say which replica does what. */
    String group() {
        return group;
    }
}
