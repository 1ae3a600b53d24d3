package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.ResourceCache;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    /** As its branch is going to be written: with what its Secret holds. */
    private PlanOutcome plan(Manifests manifests) {
        ResourceCache resources = manifests.cache();
        Resource<ImageUpdateAutomationSpec> automation =
                resources.all(Kinds.IMAGE_UPDATE_AUTOMATION).getFirst();
        PlanOutcome outcome = planner(new ArrayList<>()).plan(automation, resources);
        return outcome instanceof PlanOutcome.Planned(AutomationPlan plan)
                        && source(manifests, plan) instanceof SourceOutcome.Unusable(PlanOutcome.Problem problem)
                ? problem
                : outcome;
    }

    private static Planner planner(List<ResourceId> unforeseen) {
        return new Planner("local", CrossNamespaceRefs.ALLOWED, (id, fault) -> unforeseen.add(id));
    }

    private static SourceOutcome source(Manifests manifests, AutomationPlan plan) {
        return new Credentials(manifests).of(plan.remote());
    }

    private static String repository(String spec) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: apps}
                spec: SPEC
                """.replace("SPEC", spec);
    }

    private static String automation(String rest) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1beta2
                kind: ImageUpdateAutomation
                metadata: {name: auto, namespace: apps}
                spec:
                  interval: 5m
                REST""".replace("REST", rest.indent(2));
    }

    private static String gitAutomation(String more) {
        return automation("""
                sourceRef: {kind: GitRepository, name: fleet}
                git: {commit: {author: {email: bot@example.org}}MORE}
                """.replace("MORE", more));
    }

    @Test
    void whereReferencesMayNotCrossTheRepositoryOfAnotherNamespaceStalls() {
        ResourceCache resources = Manifests.of(automation("""
                        sourceRef: {kind: GitRepository, name: fleet, namespace: infra}
                        git: {commit: {author: {email: bot@example.org}}}
                        """)).cache();
        Planner planner = new Planner("local", CrossNamespaceRefs.BLOCKED, (id, fault) -> {});
        assertThat(planner.plan(resources.all(Kinds.IMAGE_UPDATE_AUTOMATION).getFirst(), resources))
                .isEqualTo(new PlanOutcome.Stalled(
                        "AccessDenied",
                        "can't access 'GitRepository/infra/fleet', cross-namespace references have been blocked"));
    }

    /** The table of flux-git-based 12.3. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {branch: aaa}             | -             | -    | refs/heads/aaa    | aaa
            {branch: aaa}             | -             | bbb  | refs/heads/aaa    | bbb
            -                         | {branch: ccc} | -    | refs/heads/ccc    | ccc
            -                         | {branch: ccc} | ddd  | refs/heads/ccc    | ddd
            -                         | -             | aaa  | refs/heads/master | aaa
            {branch: aaa}             | {branch: ccc} | bbb  | refs/heads/aaa    | bbb
            {branch: aaa}             | -             | aaa  | refs/heads/aaa    | aaa
            {name: refs/heads/main}   | -             | main | refs/heads/main   | main
            {tag: v1, branch: aaa}    | -             | bbb  | refs/tags/v1      | bbb
            {tag: v1, semver: '>=1'}  | -             | bbb  | refs/tags/v1      | bbb
            {name: refs/pull/4/head}  | -             | bbb  | refs/pull/4/head  | bbb
            {semver: '>=1'}           | -             | bbb  | tag in >=1        | bbb
            {semver: '>=1', branch: aaa} | -          | -    | tag in >=1        | aaa
            {commit: f123456789012345678901234567890123456789, tag: v1} | - | bbb | f123456789012345678901234567890123456789 | bbb
            {commit: abcdefabcdefabcdefabcdefabcdefabcdefabcd, branch: aaa} | - | - | abcdefabcdefabcdefabcdefabcdefabcdefabcd of aaa | aaa
            """)
    void choosesWhatToCheckOutAndWhereToPush(
            String checkout, String reference, String push, String checkoutRef, String pushBranch) {
        String git = (checkout == null ? "" : ", checkout: {ref: " + checkout + "}")
                + (push == null ? "" : ", push: {branch: " + push + "}");
        String spec = "{url: 'https://git.example/fleet'" + (reference == null ? "" : ", ref: " + reference) + "}";

        assertThat(plan(Manifests.of(repository(spec), gitAutomation(git))))
                .isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> {
                    assertThat(planned.plan().checkout().key()).isEqualTo(checkoutRef);
                    assertThat(planned.plan().branch().name()).isEqualTo(pushBranch);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , checkout: {ref: {tag: v1}}
            , checkout: {ref: {semver: '>=1'}}
            , checkout: {ref: {name: refs/heads/x}}
            , push: {}
            """)
    void asksForAPushBranchThatNothingNames(String git) {
        assertThat(plan(Manifests.of(repository("{url: 'https://git.example/fleet'}"), gitAutomation(git))))
                .isEqualTo(new PlanOutcome.Failed(
                        "SourceManagerFailed",
                        "failed configuring source manager: push spec not provided, and cannot be inferred from"
                                + " .spec.git.checkout.ref or GitRepository .spec.ref"));
    }

    @Test
    void stallsOnAnotherSourceKind() {
        assertThat(plan(Manifests.of(automation("sourceRef: {kind: HelmChart, name: x}"))))
                .isEqualTo(
                        new PlanOutcome.Stalled("InvalidSourceConfiguration", "source kind 'HelmChart' not supported"));
    }

    @Test
    void stallsWithoutAGitSpec() {
        assertThat(plan(Manifests.of(automation("sourceRef: {kind: GitRepository, name: fleet}"))))
                .isEqualTo(new PlanOutcome.Stalled(
                        "InvalidSourceConfiguration", "source kind 'GitRepository' necessitates field .spec.git"));
    }

    @Test
    void stallsOnABadPolicySelector() {
        Manifests manifests = Manifests.of(Manifests.REPOSITORY, Manifests.policy("web"), automation("""
                        sourceRef: {kind: GitRepository, name: fleet}
                        git: {commit: {author: {email: bot@example.org}}}
                        policySelector: {matchExpressions: [{key: a, operator: Like}]}
                        """));

        assertThat(plan(manifests)).isInstanceOfSatisfying(PlanOutcome.Stalled.class, stalled -> {
            assertThat(stalled.reason()).isEqualTo("InvalidPolicySelector");
            assertThat(stalled.message()).startsWith("failed to parse policy selector: ");
        });
    }

    @Test
    void waitsForAMissingGitRepository() {
        assertThat(plan(Manifests.of(gitAutomation(""))))
                .isEqualTo(new PlanOutcome.Failed(
                        "SourceManagerFailed",
                        "failed configuring source manager: referenced git repository does not exist:"
                                + " GitRepository \"apps/fleet\" not found"));
    }

    @Test
    void waitsForAMissingSecret() {
        String spec = "{url: 'https://git.example/fleet', ref: {branch: main}, secretRef: {name: key}}";

        assertThat(plan(Manifests.of(repository(spec), gitAutomation(""))))
                .isEqualTo(new PlanOutcome.Failed(
                        "SourceManagerFailed",
                        "failed configuring source manager: failed to get auth secret 'apps/key':"
                                + " Secret \"key\" not found"));
    }

    /** The rows of flux-git-based 13 for http and ssh. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://git.example/x            | {username: u, password: p}                 | Basic(u)
            https://u@git.example/x          | {password: p}                              | Basic(u)
            https://u:p@git.example/x        | {}                                         | Basic(u)
            http://git.example/x             | {username: u}                              | Basic(u)
            https://git.example/x            | {bearerToken: t, username: u, password: p} | Bearer
            https://git.example/x            | {}                                         | Anonymous[]
            ssh://git.example/x              | {identity: k, known_hosts: h}              | Key(git)
            ssh://bot@git.example:2222/x     | {identity: k, known_hosts: h, password: p} | Key(bot)
            ssh://git.example/x              | {identity: k, known_hosts: h, identity.pub: p, username: u} | Key(git)
            """)
    void readsCredentials(String url, String secret, String login) {
        String spec = "{url: '" + url + "', ref: {branch: main}, secretRef: {name: key}}";

        Manifests manifests = Manifests.of(repository(spec), Manifests.secret(secret), gitAutomation(""));
        assertThat(plan(manifests)).isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> assertThat(
                        source(manifests, planned.plan()))
                .isInstanceOfSatisfying(SourceOutcome.Found.class, found -> {
                    assertThat(found.source().access().login()).hasToString(login);
                    assertThat(found.source().url().address()).doesNotContain("@");
                }));
    }

    /** A GitHub App, and where its API is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {githubAppID: ' 7 ', githubAppPrivateKey: k, githubAppInstallationID: '8'}  | https://api.github.com/
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationOwner: me, githubAppBaseURL: 'https://git.example'} | https://git.example/api/v3/
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationID: '8', githubAppBaseURL: 'https://git.example/api/v3'} | https://git.example/api/v3/
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationID: '8', githubAppBaseURL: 'https://api.eu.example/'} | https://api.eu.example/
            """)
    void readsAGitHubApp(String secret, String api) {
        String spec = "{url: 'https://github.com/x', provider: github, ref: {branch: main}, secretRef: {name: key}}";
        Manifests manifests = Manifests.of(repository(spec), Manifests.secret(secret), gitAutomation(""));

        assertThat(plan(manifests)).isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> assertThat(
                        source(manifests, planned.plan()))
                .isInstanceOfSatisfying(SourceOutcome.Found.class, found -> {
                    assertThat(found.source().access()).hasToString("App(7)");
                    assertThat(found.source().access().login())
                            .isInstanceOfSatisfying(
                                    Access.Login.App.class,
                                    login -> assertThat(login.app().api()).hasToString(api));
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                 | secretRef with github app data must be specified
            {githubAppID: '7', githubAppInstallationID: '8'}                   | has no githubAppPrivateKey
            {githubAppID: '7', githubAppPrivateKey: k}                         | exactly one of githubAppInstallationID and githubAppInstallationOwner
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationID: '8', githubAppInstallationOwner: me} | exactly one of
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationID: '8/x'}  | that is no number
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationOwner: '../x'} | that is no name
            {githubAppID: '7', githubAppPrivateKey: k, githubAppInstallationID: '8', githubAppBaseURL: 'git.example'} | write https://HOST
            """)
    void saysWhatIsWrongWithAGitHubApp(String secret, String message) {
        String spec = "{url: 'https://github.com/x', provider: github, ref: {branch: main}, secretRef: {name: key}}";

        assertThat(plan(Manifests.of(repository(spec), Manifests.secret(secret), gitAutomation(""))))
                .asString()
                .contains(message);
    }

    @Test
    void readsTheProxyThatTheGitRepositoryNames() {
        String spec = "{url: 'https://git.example/x', ref: {branch: main}, proxySecretRef: {name: key}}";
        Manifests manifests = Manifests.of(
                repository(spec), Manifests.secret("{address: 'http://proxy:3128', username: u}"), gitAutomation(""));
        Manifests wrong =
                Manifests.of(repository(spec), Manifests.secret("{address: 'ftp://proxy'}"), gitAutomation(""));

        assertThat(plan(manifests)).isInstanceOfSatisfying(PlanOutcome.Planned.class, planned -> assertThat(
                        source(manifests, planned.plan()))
                .isInstanceOfSatisfying(
                        SourceOutcome.Found.class,
                        found -> assertThat(found.source().access()).hasToString("Anonymous[] through a proxy")));
        assertThat(plan(wrong)).asString().contains("proxy Secret 'apps/key'", "http://HOST:PORT");
        assertThat(plan(Manifests.of(repository(spec), gitAutomation(""))))
                .asString()
                .contains("failed to get proxy secret 'apps/key'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://git.example/x    | {password: p}                        | 'password' requires 'username' to be set
            https://u@git.example/x  | {bearerToken: t}                     | basic auth and bearer token cannot be set at the same time
            ssh://git@git.example/x  | {known_hosts: h}                     | invalid 'ssh' auth option: 'identity' is required
            ssh://git@git.example/x  | {identity: k}                        | invalid 'ssh' auth option: 'known_hosts' is required
            ssh://git@git.example/x  | {identity: k, known_hosts: ' '}      | invalid 'ssh' auth option: 'known_hosts' is required
            https://git.example/x    | {githubAppID: '1'}                   | has github app data but provider is not set to github
            """)
    void saysWhatIsWrongWithCredentials(String url, String secret, String message) {
        String spec = "{url: '" + url + "', ref: {branch: main}, secretRef: {name: key}}";

        assertThat(plan(Manifests.of(repository(spec), Manifests.secret(secret), gitAutomation(""))))
                .asString()
                .contains(message);
    }

    /** Whatever a resource says, planning it is an outcome, and the message has no password and no control character. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "https:github.com/x"                       | {branch: main}          | has no // behind https: write https://host/path
            "https://"                                 | {branch: main}          | has no host
            "git@github.com:org/fleet.git"             | {branch: main}          | or ssh://user@host/path
            "user:hunter22@github.com:org/fleet.git"   | {branch: main}          | '***@github.com:org/fleet.git' has no scheme
            "https://me:hunter22@github.com:x/fleet"   | {branch: main}          | 'https://***@github.com:x/fleet' has no number as its port
            "https://git.example/a\\u001b[2Jb"         | {branch: main}          | at position 22
            "https://git.example/fleet"                | {branch: "a b"}         | 'a b' is no name of a branch, tag or ref
            "https://git.example/fleet"                | {branch: "*"}           | is no name of a branch, tag or ref
            "https://git.example/fleet"                | {branch: "a..b"}        | is no name of a branch, tag or ref
            "https://git.example/fleet"                | {name: "refs/heads/^"}  | is no name of a branch, tag or ref
            "https://git.example/fleet"                | {commit: "0123abc"}     | '0123abc' is no id of a commit: write all of its 40 digits
            "https://git.example/fleet"                | {semver: "1x"}          | 1x
            """)
    void stallsOnTextsThatAreNone(String url, String ref, String message) {
        String spec = "{url: " + url + ", ref: " + ref + "}";

        assertThat(plan(Manifests.of(repository(spec), gitAutomation(", push: {branch: main}"))))
                .isInstanceOfSatisfying(PlanOutcome.Stalled.class, stalled -> {
                    assertThat(stalled.reason()).isEqualTo("InvalidSourceConfiguration");
                    assertThat(stalled.message()).contains(message).doesNotContain("hunter22", "\u001b");
                });
    }

    @Test
    void aFaultInPlanningIsAnOutcome() {
        ResourceCache resources = Manifests.of(Manifests.REPOSITORY, Manifests.policy("web"), Manifests.AUTOMATION)
                .cache();
        List<ResourceId> unforeseen = new ArrayList<>();
        Planner planner = planner(unforeseen);
        AutomationPlan plan = planned(planner, resources);

        BranchPlans selected = planner.selected(List.of(plan), resources, target -> {
            throw new IndexOutOfBoundsException("Range [1025, 1026) out of bounds for length 1025");
        });

        assertThat(selected.plans()).isEmpty();
        assertThat(selected.faults())
                .containsExactly(new AutomationOutcome.Failed(
                        plan, "Failed", "an unexpected fault: Range [1025, 1026) out of bounds for length 1025"));
        assertThat(unforeseen).containsExactly(plan.automation().id());
    }

    private static AutomationPlan planned(Planner planner, ResourceCache resources) {
        Resource<ImageUpdateAutomationSpec> automation =
                resources.all(Kinds.IMAGE_UPDATE_AUTOMATION).getFirst();
        return planner.plan(automation, resources) instanceof PlanOutcome.Planned(AutomationPlan plan)
                ? plan
                : fail("not planned");
    }

    @Test
    void aBadPolicySelectorStallsBeforeThereIsAnyPolicy() {
        assertThat(plan(Manifests.of(Manifests.REPOSITORY, automation("""
                        sourceRef: {kind: GitRepository, name: fleet}
                        git: {commit: {author: {email: bot@example.org}}}
                        policySelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: Like}]}
                        """))))
                .isEqualTo(new PlanOutcome.Stalled(
                        "InvalidPolicySelector",
                        "failed to parse policy selector: \"Like\" is not a valid label selector operator"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:github.com/x",
                "https:///x",
                "https://host",
                "https://host/",
                "mailto:a@b",
                "x",
                "//host/x",
                "file:x",
                "file:///"
            })
    void aUrlThatNamesNoRepositoryFailsItsOwnAutomationOnly(String url) {
        assertThat(plan(Manifests.of(repository("{url: '" + url + "', ref: {branch: main}}"), gitAutomation(""))))
                .isInstanceOfSatisfying(PlanOutcome.Stalled.class, stalled -> assertThat(stalled.message())
                        .containsAnyOf("https://host/path", "file:///path"));
    }

    @Test
    void nothingIsWrittenToASuspendedRepository() {
        String spec = "{url: 'https://git.example/x', ref: {branch: main}, suspend: true}";
        assertThat(plan(Manifests.of(repository(spec), gitAutomation("")))).isEqualTo(new PlanOutcome.Suspended());
    }

    @Test
    void nothingIsWrittenForAnAutomationThatSomebodyElseWorksOn() {
        String repository = repository("{url: 'https://git.example/x', ref: {branch: main}}");
        String shadow = gitAutomation("")
                .replace(
                        "metadata: {",
                        "metadata: {annotations: {" + Shadow.ANNOTATION + ": image-automation-controller}, ");
        assertThat(plan(Manifests.of(repository, gitAutomation("")))).isInstanceOf(PlanOutcome.Planned.class);
        assertThat(plan(Manifests.of(repository, shadow))).isEqualTo(new PlanOutcome.Suspended());
    }
}
