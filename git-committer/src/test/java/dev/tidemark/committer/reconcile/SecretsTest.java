package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.events.Event;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials are read when they are needed, and whatever failed for their sake is tried again when they change. */
class SecretsTest {

    private static final ResourceId KEY = new ResourceId("Secret", "apps", "key");
    private static final String OLD = Manifests.secret("{username: bot, password: old-password}");
    private static final String NEW = Manifests.secret("{username: bot, password: new-password}");

    private final Manifests manifests =
            Manifests.of(repository("fleet", "key"), Manifests.AUTOMATION, Manifests.policy("web"));
    private final Committers committers = new Committers(9, manifests);

    private static String repository(String name, String secret) {
        return Manifests.REPOSITORY
                .replace("name: fleet", "name: " + name)
                .replace("interval: 5m", "interval: 5m, secretRef: {name: " + secret + "}");
    }

    @BeforeEach
    void begin() {
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
        committers.remote.unwelcome = login ->
                login instanceof Access.Login.Basic basic && basic.password().equals("old-password");
        committers.select("web", "v1", 1);
    }

    @AfterEach
    void end() {
        committers.world.end();
    }

    private void pass(Duration time) {
        committers.world.pass(time);
    }

    private String ready() {
        return committers.statuses.condition("auto", "Ready").message();
    }

    @Test
    void aMissingSecretIsSaidAndItsBranchIsWrittenAsSoonAsItComes() {
        committers.start("a");
        pass(Duration.ofMinutes(10));
        String missing =
                "failed configuring source manager: failed to get auth secret 'apps/key': Secret \"key\" not found";
        assertThat(ready()).isEqualTo(missing);
        assertThat(committers.log.events(Event.UpdateFailed.class))
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.reason()).isEqualTo("SourceManagerFailed");
                    assertThat(failed.message()).isEqualTo(missing);
                });

        manifests.apply(NEW);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        assertThat(ready()).isEqualTo("repository up-to-date");
    }

    @Test
    void whoeverIsRefusedAsksForTheSecretAnewAndDoesNotWaitOnceItIsRotated() {
        manifests.apply(OLD);
        committers.start("a");
        pass(Duration.ofMinutes(10));
        assertThat(ready()).isEqualTo("failed to checkout source: unable to clone: authentication failed");
        assertThat(manifests.refused).isNotEmpty().containsOnly("apps/key");

        manifests.apply(NEW);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        assertThat(manifests.refused).doesNotContain("apps/other");
    }

    /** It does not depend on being told of the change. */
    @Test
    void aPushThatIsRefusedIsTriedWithTheSecretAsItIsThen() {
        manifests.apply(NEW);
        Committers.Member a = committers.start("a");
        committers.world.settle();
        a.clones.getFirst().beforePush = () -> committers.remote.unwelcome = login -> true;
        committers.select("web", "v2", 2);
        committers.world.settle();
        assertThat(ready()).isEqualTo("failed to update source: failed to push to remote: authentication failed");
        assertThat(manifests.refused).contains("apps/key");
        a.clones.getFirst().beforePush = () -> {};
        committers.remote.unwelcome = login -> false;

        pass(Duration.ofSeconds(30));

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
    }

    @Test
    void aSecretThatCannotBeUsedStallsUntilItIsMended() {
        manifests.apply(Manifests.secret("{githubAppID: '1'}"));
        committers.start("a");
        pass(Duration.ofMinutes(1));
        assertThat(committers.statuses.condition("auto", "Stalled").reason()).isEqualTo("InvalidSourceConfiguration");
        assertThat(committers.log.events(Event.UpdateRefused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.message()).contains("has github app data"));

        manifests.apply(NEW);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        assertThat(ready()).isEqualTo("repository up-to-date");
    }

    @Test
    void branchesThatAreWellOrUseAnotherSecretAreLeftAlone() {
        manifests.apply(NEW);
        manifests.apply(repository("other", "another"));
        manifests.apply(Committers.automation("b").replace("name: fleet", "name: other"));
        committers.start("a");
        pass(Duration.ofMinutes(1));
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        int fetches = committers.remote.fetches;
        int failures = committers.statuses.writes.size();

        manifests.apply(Manifests.secret("{username: bot, password: third-password}"));
        committers.world.settle();

        assertThat(committers.remote.fetches).isEqualTo(fetches);
        assertThat(committers.statuses.writes).hasSize(failures);
        committers.select("web", "v2", 2);
        committers.world.settle();
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
    }

    /** The run that fails has read the old one. */
    @Test
    void aSecretThatIsRotatedDuringARunNeedNotWaitEither() {
        manifests.apply(NEW);
        committers.start("a");
        committers.world.settle();
        committers.remote.unwelcome = login -> {
            manifests.apply(Manifests.secret("{username: bot, password: third-password}"));
            return login instanceof Access.Login.Basic basic && basic.password().equals("new-password");
        };

        committers.select("web", "v2", 2);
        committers.world.settle();

        assertThat(manifests.refused).isNotEmpty();
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
    }

    @Test
    void aDeletedSecretIsNoticedByTheNextRun() {
        manifests.apply(NEW);
        committers.start("a");
        committers.world.settle();
        manifests.delete(KEY);
        committers.select("web", "v2", 2);
        committers.world.settle();

        assertThat(ready()).contains("Secret \"key\" not found");
        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
    }

    /** Somebody pushes whenever we do; that is no reason to be silent about what another GitRepository lacks. */
    @Test
    void whoReachesTheBranchInAnotherWayIsToldOfItsFaultAlthoughRacesAreLost() {
        manifests.apply(NEW);
        manifests.apply(repository("other", "another"));
        manifests.apply(Committers.automation("staging").replace("name: fleet", "name: other"));
        committers.remote.fetched = () -> committers.remote.commit(REF, Map.of(FILE, file("web", "v0")));
        committers.start("a");
        committers.world.settle();

        assertThat(ready()).contains("non-fast-forward");
        assertThat(committers.statuses.condition("auto-staging", "Ready").message())
                .contains("Secret \"another\" not found");
    }
}
