package dev.tidemark.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each package may use beside the JDK, JSpecify and packages below its own: the grammar of DESIGN.md section 2. The
 * first rule whose pattern fits is the package's; {@code *} stands for any letters but no dot, {@code **} for anything.
 */
final class PackageRules {

    private static final String[] PURE = {
        "dev.tidemark.events.",
        "dev.tidemark.policies.",
        "dev.tidemark.evaluation.",
        "dev.tidemark.go.",
        "dev.tidemark.flux.",
        "dev.tidemark.gotemplates."
    };
    private static final String[] FRAMEWORK = {
        "io.quarkus.", "io.smallrye.", "io.vertx.", "jakarta.", "org.eclipse.microprofile.", "org.jboss.logmanager."
    };
    private static final String[] RUNTIME = {
        "dev.tidemark.runtime.time.",
        "dev.tidemark.runtime.reconcile.",
        "dev.tidemark.runtime.partition.",
        "dev.tidemark.runtime.memory.",
        "dev.tidemark.runtime.publish.",
        "dev.tidemark.runtime.progress.",
        "dev.tidemark.runtime.status.",
        "dev.tidemark.runtime.Faults",
        "dev.tidemark.runtime.LogKeys",
        "dev.tidemark.runtime.LogRecord"
    };

    /** Of the pure modules these parts talk to Kafka or read files. */
    private static final List<String> NOT_PURE = List.of(
            "dev.tidemark.events.kafka.",
            "dev.tidemark.flux.folder.",
            "dev.tidemark.flux.cluster.",
            "dev.tidemark.flux.delivery.",
            "dev.tidemark.evaluation.history.");

    private static final String JACKSON = "com.fasterxml.jackson.";
    private static final String RE2J = "com.google.re2j.";

    /**
     * What classes of a package may use.
     *
     * @param pure whether the parts of the pure modules that do I/O are out of bounds
     */
    record Rule(String packages, boolean pure, List<String> mayUse) {

        boolean fits(String name) {
            return name.matches(packages.replace(".", "\\.")
                    .replace("**", "@")
                    .replace("*", "[^.]*")
                    .replace("@", ".*"));
        }

        boolean allows(String using, String used) {
            if (used.startsWith(using + '.') || used.startsWith("java.") || used.startsWith("org.jspecify.")) {
                return true;
            }
            if (pure && NOT_PURE.stream().anyMatch(used::startsWith)) {
                return false;
            }
            return mayUse.stream().anyMatch(used::startsWith);
        }
    }

    private static final List<Rule> RULES = List.of(
            // libraries: the module table
            rule("dev.tidemark.go.**", "dev.tidemark.go.", RE2J),
            // text/template without Tidemark; keys, certificates and password hashes of the template functions
            rule("dev.tidemark.gotemplates", "dev.tidemark.gotemplates."),
            rule(
                    "dev.tidemark.gotemplates.**",
                    "dev.tidemark.gotemplates.",
                    "dev.tidemark.go.",
                    RE2J,
                    "org.bouncycastle.",
                    JACKSON,
                    "javax.crypto."),
            rule("dev.tidemark.events", "dev.tidemark.events.", JACKSON),
            rule("dev.tidemark.events.kafka", "dev.tidemark.events.", "org.apache.kafka."),
            rule(
                    "dev.tidemark.policies**",
                    "dev.tidemark.policies.",
                    "dev.tidemark.events.",
                    "dev.tidemark.go.",
                    RE2J,
                    "org.semver4j."),
            rule("dev.tidemark.flux.secret", "dev.tidemark.flux.", "javax.net.ssl."),
            rule("dev.tidemark.flux.github", "dev.tidemark.flux.", JACKSON),
            pure("dev.tidemark.flux.alert", "dev.tidemark.flux.", "dev.tidemark.go.", "javax.crypto.", JACKSON),
            rule("dev.tidemark.flux.delivery", "dev.tidemark.flux.", "javax.net.ssl.", JACKSON),
            rule("dev.tidemark.flux.cluster", "dev.tidemark.flux.", "io.fabric8.kubernetes.", JACKSON),
            rule(
                    "dev.tidemark.flux**",
                    "dev.tidemark.flux.",
                    "dev.tidemark.events.",
                    "dev.tidemark.policies.",
                    "dev.tidemark.go.",
                    JACKSON),
            // a file of recorded history, and what is asked of one
            rule("dev.tidemark.evaluation.history", "dev.tidemark.evaluation.", "dev.tidemark.events.", JACKSON),
            rule(
                    "dev.tidemark.evaluation.replay",
                    "dev.tidemark.evaluation.",
                    "dev.tidemark.events.",
                    "dev.tidemark.flux."),
            rule(
                    "dev.tidemark.evaluation.whatif",
                    "dev.tidemark.evaluation.",
                    "dev.tidemark.events.",
                    "dev.tidemark.flux."),
            pure(
                    "dev.tidemark.evaluation**",
                    "dev.tidemark.evaluation.",
                    "dev.tidemark.events.",
                    "dev.tidemark.policies.",
                    "dev.tidemark.go.",
                    "dev.tidemark.flux."),
            rule("dev.tidemark.broker", "org.apache.kafka.", "kafka.", "com.yammer.metrics."),
            // the runtime: plain but for one package
            rule(
                    "dev.tidemark.runtime.quarkus",
                    FRAMEWORK,
                    "com.sun.management.",
                    "io.micrometer.core.",
                    "io.prometheus.client.",
                    "org.apache.kafka.",
                    "dev.tidemark.runtime.",
                    "dev.tidemark.events.",
                    "dev.tidemark.flux."),
            rule("dev.tidemark.runtime.log", "org.apache.kafka.", "dev.tidemark.events.", "dev.tidemark.runtime."),
            rule(
                    "dev.tidemark.runtime.partition",
                    "org.apache.kafka.",
                    "dev.tidemark.events.",
                    "dev.tidemark.runtime."),
            rule(
                    "dev.tidemark.runtime.status",
                    "dev.tidemark.events.",
                    "dev.tidemark.flux.",
                    "dev.tidemark.runtime.",
                    JACKSON),
            // the only one beside the wiring that knows how measures are kept
            rule(
                    "dev.tidemark.runtime.metrics",
                    "io.micrometer.core.",
                    "io.prometheus.client.",
                    "dev.tidemark.events.",
                    "dev.tidemark.flux.",
                    "dev.tidemark.runtime.",
                    JACKSON),
            rule("dev.tidemark.runtime.trace", "dev.tidemark.events.", "dev.tidemark.runtime.", JACKSON),
            rule("dev.tidemark.runtime.memory", "com.sun.management.", "javax.management.", "dev.tidemark.runtime."),
            rule("dev.tidemark.runtime.*", "dev.tidemark.events.", "dev.tidemark.runtime."),
            rule("dev.tidemark.runtime", "dev.tidemark.events.", "dev.tidemark.flux.", JACKSON),
            // services: domain, reconcile, technologies, kafka, app
            pure("dev.tidemark.watcher.domain**", PURE, "dev.tidemark.watcher.domain."),
            pure("dev.tidemark.evaluator.domain**", PURE, "dev.tidemark.evaluator.domain."),
            pure("dev.tidemark.committer.domain**", PURE, "dev.tidemark.committer.domain."),
            pure("dev.tidemark.renderer.domain**", PURE, "dev.tidemark.renderer.domain."),
            pure("dev.tidemark.watcher.reconcile**", PURE, RUNTIME, "dev.tidemark.watcher.domain."),
            pure("dev.tidemark.evaluator.reconcile**", PURE, RUNTIME, "dev.tidemark.evaluator.domain."),
            pure("dev.tidemark.committer.reconcile**", PURE, RUNTIME, "dev.tidemark.committer.domain."),
            pure("dev.tidemark.renderer.reconcile**", PURE, RUNTIME, "dev.tidemark.renderer.domain."),
            rule("dev.tidemark.watcher.cel", "dev.cel.", "com.google.", "dev.tidemark.watcher.domain."),
            rule("dev.tidemark.renderer.cel", "dev.cel.", "com.google.", "dev.tidemark.renderer.domain."),
            rule("dev.tidemark.watcher.hook", PURE, JACKSON, "javax.crypto.", "dev.tidemark.watcher.domain."),
            rule("dev.tidemark.watcher.http"),
            rule(
                    "dev.tidemark.watcher.oci",
                    PURE,
                    JACKSON,
                    "javax.net.ssl.",
                    "javax.security.",
                    "dev.tidemark.runtime.time.",
                    "dev.tidemark.runtime.LogKeys",
                    "dev.tidemark.watcher.domain.",
                    "dev.tidemark.watcher.http."),
            rule("dev.tidemark.watcher.oidc", JACKSON, "dev.tidemark.watcher.domain.", "dev.tidemark.watcher.http."),
            // the edge where webhooks come in
            rule(
                    "dev.tidemark.watcher.listener",
                    FRAMEWORK,
                    "io.netty.",
                    PURE,
                    "dev.tidemark.runtime.time.",
                    "dev.tidemark.runtime.LogKeys",
                    "dev.tidemark.runtime.RepeatedLines",
                    "dev.tidemark.runtime.metrics.",
                    "dev.tidemark.runtime.trace.TraceContext",
                    "dev.tidemark.runtime.quarkus.TidemarkConfig",
                    "dev.tidemark.watcher."),
            // people's questions over the management port
            rule(
                    "dev.tidemark.evaluator.management",
                    FRAMEWORK,
                    JACKSON,
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.evaluator.domain.",
                    "dev.tidemark.evaluator.kafka."),
            rule(
                    "dev.tidemark.evaluator.streams",
                    PURE,
                    JACKSON,
                    "org.apache.kafka.",
                    "dev.tidemark.runtime.log.",
                    RUNTIME,
                    "dev.tidemark.evaluator.domain."),
            rule(
                    "dev.tidemark.committer.git",
                    "org.eclipse.jgit.",
                    "org.apache.sshd.",
                    "org.bouncycastle.",
                    JACKSON,
                    "javax.net.ssl.",
                    "dev.tidemark.flux.",
                    "dev.tidemark.runtime.progress.",
                    "dev.tidemark.runtime.time.",
                    "dev.tidemark.go.",
                    "dev.tidemark.committer.domain."),
            rule("dev.tidemark.committer.message", PURE, "dev.tidemark.committer.domain."),
            rule("dev.tidemark.committer.setters", PURE, JACKSON, "dev.tidemark.committer.domain."),
            rule(
                    "dev.tidemark.renderer.folder",
                    PURE,
                    "dev.tidemark.runtime.PrivateFiles",
                    "dev.tidemark.renderer.domain."),
            rule(
                    "dev.tidemark.renderer.cluster",
                    "io.fabric8.",
                    "dev.tidemark.flux.",
                    "dev.tidemark.go.",
                    "dev.tidemark.renderer.domain."),
            rule("dev.tidemark.renderer.yaml", "dev.tidemark.go.", "dev.tidemark.renderer.domain."),
            rule(
                    "dev.tidemark.watcher.kafka",
                    FRAMEWORK,
                    "org.apache.kafka.",
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.watcher.domain.",
                    "dev.tidemark.watcher.reconcile."),
            rule(
                    "dev.tidemark.evaluator.kafka",
                    FRAMEWORK,
                    "org.apache.kafka.",
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.evaluator.domain.",
                    "dev.tidemark.evaluator.reconcile."),
            rule(
                    "dev.tidemark.committer.kafka",
                    FRAMEWORK,
                    "org.apache.kafka.",
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.committer.domain.",
                    "dev.tidemark.committer.reconcile."),
            rule(
                    "dev.tidemark.renderer.kafka",
                    FRAMEWORK,
                    "org.apache.kafka.",
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.renderer.domain.",
                    "dev.tidemark.renderer.reconcile."),
            rule("dev.tidemark.watcher.app", FRAMEWORK, PURE, "dev.tidemark.runtime.", "dev.tidemark.watcher."),
            // its topology, and questions over the management port
            rule(
                    "dev.tidemark.evaluator.app",
                    FRAMEWORK,
                    JACKSON,
                    "org.apache.kafka.",
                    PURE,
                    "dev.tidemark.runtime.",
                    "dev.tidemark.evaluator."),
            rule("dev.tidemark.committer.app", FRAMEWORK, PURE, "dev.tidemark.runtime.", "dev.tidemark.committer."),
            rule("dev.tidemark.renderer.app", FRAMEWORK, PURE, "dev.tidemark.runtime.", "dev.tidemark.renderer."),
            // programs
            rule(
                    "dev.tidemark.allinone",
                    FRAMEWORK,
                    "dev.tidemark.broker.",
                    "dev.tidemark.events.Topic",
                    "dev.tidemark.go.json.",
                    "dev.tidemark.runtime."),
            rule("dev.tidemark.demo", JACKSON, "org.eclipse.jgit.", "dev.tidemark.demo."),
            rule("dev.tidemark.demo.registry", JACKSON, "com.sun.net.httpserver."),
            // what was recorded, decided once more and otherwise: the only ones that need the evaluation
            rule("dev.tidemark.cli.audit", "dev.tidemark.cli.", "dev.tidemark.evaluation.", "dev.tidemark.events."),
            // quick to start: no framework, no Kafka
            rule(
                    "dev.tidemark.cli**",
                    "picocli.",
                    "dev.tidemark.cli.",
                    "dev.tidemark.demo.",
                    "dev.tidemark.flux.",
                    "dev.tidemark.go.",
                    "dev.tidemark.gotemplates.",
                    "dev.tidemark.policies."),
            // test scope and measurements
            rule(
                    "dev.tidemark.testkit**",
                    "dev.tidemark.testkit.",
                    "dev.tidemark.broker.",
                    "dev.tidemark.go.",
                    "org.junit.",
                    "com.sun.net.httpserver.",
                    "org.apache.kafka.",
                    "javax.",
                    "org.w3c.",
                    "org.xml."),
            rule("dev.tidemark.benchmarks.listing", "dev.tidemark.benchmarks", "com.sun.net.httpserver."),
            rule(
                    "dev.tidemark.benchmarks**",
                    "dev.tidemark.",
                    JACKSON,
                    RE2J,
                    "com.sun.net.httpserver.",
                    "io.smallrye.config.",
                    "javax.net.ssl.",
                    "org.apache.kafka.",
                    "org.openjdk.jmh."));

    private PackageRules() {}

    /** The rule of a package; empty where none says what it may use. */
    static Optional<Rule> of(String name) {
        return RULES.stream().filter(rule -> rule.fits(name)).findFirst();
    }

    private static Rule rule(String packages, Object... mayUse) {
        return new Rule(packages, false, flat(mayUse));
    }

    private static Rule pure(String packages, Object... mayUse) {
        return new Rule(packages, true, flat(mayUse));
    }

    private static List<String> flat(Object... mayUse) {
        return Stream.of(mayUse)
                .flatMap(one -> one instanceof String[] many ? Stream.of(many) : Stream.of((String) one))
                .toList();
    }
}
