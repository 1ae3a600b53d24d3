package dev.tidemark.committer.domain;

/** Flux's condition reasons of ImageUpdateAutomation (flux-git-based 6.3). */
public final class Reasons {

    public static final String SUCCEEDED = "Succeeded";
    public static final String INVALID_POLICY_SELECTOR = "InvalidPolicySelector";
    public static final String ACCESS_DENIED = "AccessDenied";
    public static final String INVALID_SOURCE_CONFIGURATION = "InvalidSourceConfiguration";
    public static final String INVALID_UPDATE_STRATEGY = "InvalidUpdateStrategy";
    public static final String SOURCE_MANAGER_FAILED = "SourceManagerFailed";
    public static final String GIT_OPERATION_FAILED = "GitOperationFailed";
    public static final String UPDATE_FAILED = "UpdateFailed";

    /** Where no other reason fits (flux-git-based 3.3). */
    public static final String FAILED = "Failed";

    /** The message of every successful run. */
    public static final String UP_TO_DATE = "repository up-to-date";

    private Reasons() {}
}
