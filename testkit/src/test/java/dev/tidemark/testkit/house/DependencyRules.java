package dev.tidemark.testkit.house;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who may use what: the grammar of packages in DESIGN section 2. Names written out in full count like imports. */
final class DependencyRules {

    private static final Set<String> DOMAIN = Set.of("domain");
    private static final Set<String> ADAPTERS =
            // cel: conditions of Receivers; oidc: tokens that prove a sender: both are used without the framework
            Set.of("oci", "git", "http", "folder", "kubernetes", "cluster", "streams", "setters", "cel", "oidc");

    private static final List<String> JDK = List.of("java.", "javax.crypto.", "javax.security.", "org.jspecify.");
    private static final List<String> FRAMEWORK =
            List.of("jakarta.", "io.quarkus.", "io.smallrye.", "io.vertx.", "org.eclipse.microprofile.");

    /** Of the pure modules these parts are not: one talks to Kafka, one to an API server, two read files. */
    private static final List<String> NOT_PURE = List.of(
            "dev.tidemark.events.kafka.",
            "dev.tidemark.flux.folder.",
            "dev.tidemark.flux.cluster.",
            "dev.tidemark.evaluation.history.");

    private static final List<String> DOMAIN_MAY_USE = List.of(
            "dev.tidemark.go.",
            "dev.tidemark.events.",
            "dev.tidemark.policies.",
            "dev.tidemark.evaluation.",
            "dev.tidemark.flux.",
            "dev.tidemark.gotemplates.");

    /** A library that a domain may use nevertheless: package prefix of the domain, then of the library. Give a reason. */
    private static final Map<String, List<String>> DOMAIN_EXCEPTIONS = Map.of();

    private static final Set<String> RECONCILE = Set.of("reconcile");

    /** Keyed work in plain Java: the pure modules and the runtime's parts without clients or framework. */
    private static final List<String> RECONCILE_MAY_USE = Stream.concat(
                    DOMAIN_MAY_USE.stream(),
                    Stream.of(
                            "dev.tidemark.runtime.time.",
                            "dev.tidemark.runtime.reconcile.",
                            "dev.tidemark.runtime.partition.",
                            "dev.tidemark.runtime.memory.",
                            "dev.tidemark.runtime.publish.",
                            "dev.tidemark.runtime.progress.",
                            "dev.tidemark.runtime.status.",
                            "dev.tidemark.runtime.Faults",
                            "dev.tidemark.runtime.LogKeys",
                            "dev.tidemark.runtime.LogRecord"))
            .toList();

    /** The module table of DESIGN section 2. */
    private static final Map<String, List<String>> MODULE_MAY_USE = Map.of(
            "go-compat", List.of("dev.tidemark.go.", "com.google.re2j."),
            "events", List.of("dev.tidemark.events.", "com.fasterxml.jackson.", "org.apache.kafka."),
            "policies",
                    List.of(
                            "dev.tidemark.policies.",
                            "dev.tidemark.go.",
                            "dev.tidemark.events.",
                            "org.semver4j.",
                            "com.google.re2j."),
            "go-templates",
                    List.of(
                            "dev.tidemark.gotemplates.",
                            "dev.tidemark.go.",
                            "com.google.re2j.",
                            // keys, certificates and password hashes of the template functions
                            "org.bouncycastle."),
            "flux-resources",
                    List.of(
                            "dev.tidemark.flux.",
                            "dev.tidemark.go.",
                            "dev.tidemark.events.",
                            "dev.tidemark.policies.",
                            "com.fasterxml.jackson.",
                            "io.fabric8.",
                            "javax.crypto.",
                            "javax.net.ssl."),
            "embedded-broker", List.of("dev.tidemark.broker.", "org.apache.kafka.", "kafka.", "com.yammer.metrics."));

    private static final String RUNTIME = "service-runtime";
    private static final String LOG_CLIENTS = "dev.tidemark.runtime.log";

    private static final List<String> LOG_CLIENTS_MAY_USE = List.of(
            LOG_CLIENTS + '.',
            "dev.tidemark.runtime.Faults",
            "dev.tidemark.runtime.LogKeys",
            "dev.tidemark.runtime.LogRecord",
            "dev.tidemark.runtime.time.",
            "dev.tidemark.events.",
            "org.apache.kafka.clients.",
            "org.apache.kafka.common.");

    /** Its one package that knows the framework. */
    private static final String RUNTIME_EDGE = "dev.tidemark.runtime.quarkus";

    private static final Pattern KAFKA_CLIENT = Pattern.compile(
            "\\b(?:(?:new|extends)\\s+Kafka(?:Consumer|Producer|Streams|ShareConsumer)\\b(?!\\s*\\.)|(?:Kafka)?Admin(?:Client)?\\s*\\.\\s*create\\b)");

    private static final Pattern READER = Pattern.compile("\\.\\s*reader\\s*\\(");

    private static final Set<String> MAKES_CLIENTS = Set.of(
            "LogClients",
            // what closing it means
            "RawConsumer",
            // how long its poll waits
            "PacedConsumer",
            // the topology's own clients, with LogClients.streams as their settings
            "EvaluatorStreams",
            // the embedded broker asks itself over loopback, before it tells anybody where it is
            "OpenTransactions");

    private static final Map<String, String> PACKAGE_OF_SERVICE = Map.of(
            "registry-watcher", "dev.tidemark.watcher.",
            "policy-evaluator", "dev.tidemark.evaluator.",
            "git-committer", "dev.tidemark.committer.",
            "gitless-renderer", "dev.tidemark.renderer.");

    /** {@code org.example.Thing} in the middle of code: at least two lower-case parts. */
    private static final Pattern FULL_NAME =
            Pattern.compile("\\b(?:com|dev|io|jakarta|javax|kafka|net|org)\\.[a-z]\\w*\\.[\\w.]+");

    static final HouseRule DOMAIN_IS_PURE = new HouseRule(
            "a domain package uses the JDK, JSpecify and the pure modules only",
            tree -> tree.mainJava().filter(f -> f.isInPackageNamed(DOMAIN)).flatMap(f -> outside(f, domainMayUse(f))));

    static final HouseRule RECONCILERS_ARE_PLAIN = new HouseRule(
            "a reconcile package of a service uses its domain, the pure modules and the runtime's plain parts",
            tree -> tree.mainJava()
                    .filter(f -> SourceTree.SERVICES.contains(f.module()) && f.isInPackageNamed(RECONCILE))
                    .flatMap(f -> outside(f, reconcileMayUse(f))));

    static final HouseRule MODULES_USE_WHAT_THEY_MAY =
            new HouseRule("a library module uses what DESIGN section 2 lists for it", tree -> tree.mainJava()
                    .filter(f -> MODULE_MAY_USE.containsKey(f.module()))
                    .flatMap(f -> outside(f, MODULE_MAY_USE.getOrDefault(f.module(), List.of()))));

    static final HouseRule CONTRACT_IS_APART_FROM_KAFKA =
            new HouseRule("in events only the kafka package uses Kafka", tree -> tree.mainJava()
                    .filter(f -> f.module().equals("events") && !f.packageName().endsWith(".kafka"))
                    .flatMap(f -> inside(f, List.of("org.apache.kafka."))));

    static final HouseRule ADAPTERS_ARE_PLAIN =
            new HouseRule("an adapter package is plain Java without the framework", tree -> tree.mainJava()
                    .filter(f -> SourceTree.SERVICES.contains(f.module())
                            || f.module().equals("flux-resources"))
                    .filter(f -> f.isInPackageNamed(ADAPTERS))
                    .flatMap(f -> inside(f, FRAMEWORK)));

    static final HouseRule SERVICES_ARE_APART =
            new HouseRule("a service does not use another service", tree -> tree.java()
                    .filter(f -> SourceTree.SERVICES.contains(f.module()))
                    .flatMap(f -> inside(
                            f,
                            PACKAGE_OF_SERVICE.entrySet().stream()
                                    .filter(e -> !e.getKey().equals(f.module()))
                                    .map(Map.Entry::getValue)
                                    .toList())));

    static final HouseRule RUNTIME_IS_PLAIN =
            new HouseRule("in service-runtime only " + RUNTIME_EDGE + " uses the framework", tree -> tree.mainJava()
                    .filter(f -> f.module().equals(RUNTIME) && !f.packageName().equals(RUNTIME_EDGE))
                    .flatMap(f -> inside(f, FRAMEWORK)));

    static final HouseRule LOG_CLIENTS_ARE_PLAIN =
            new HouseRule(LOG_CLIENTS + " uses Kafka's clients and the contract", tree -> tree.mainJava()
                    .filter(f -> f.packageName().equals(LOG_CLIENTS))
                    .flatMap(f -> outside(f, LOG_CLIENTS_MAY_USE)));

    static final HouseRule CLIENTS_COME_FROM_ONE_PLACE = new HouseRule(
            "every client of Kafka comes from LogClients, with the installation's settings", tree -> tree.mainJava()
                    .filter(f -> f.types().stream().noneMatch(MAKES_CLIENTS::contains))
                    .flatMap(f -> KAFKA_CLIENT.matcher(f.code()).results().map(hit -> f.path() + ": " + hit.group())));

    static final HouseRule SERVICES_READ_BY_TABLE_OR_SCAN = new HouseRule(
            "beside channels, partitions and Streams a service reads the log by TopicTable and TopicScan only",
            tree -> tree.mainJava()
                    .filter(f -> SourceTree.SERVICES.contains(f.module()))
                    .flatMap(f -> READER.matcher(f.code()).results().map(hit -> f.path() + ": " + hit.group())));

    static final List<HouseRule> ALL = List.of(
            SERVICES_READ_BY_TABLE_OR_SCAN,
            RUNTIME_IS_PLAIN,
            LOG_CLIENTS_ARE_PLAIN,
            CLIENTS_COME_FROM_ONE_PLACE,
            DOMAIN_IS_PURE,
            RECONCILERS_ARE_PLAIN,
            MODULES_USE_WHAT_THEY_MAY,
            CONTRACT_IS_APART_FROM_KAFKA,
            ADAPTERS_ARE_PLAIN,
            SERVICES_ARE_APART);

    private DependencyRules() {}

    private static List<String> domainMayUse(SourceFile file) {
        String name = file.packageName() + '.';
        String ownDomain = name.substring(0, name.indexOf(".domain.") + ".domain.".length());
        Stream<String> exceptions = DOMAIN_EXCEPTIONS.entrySet().stream()
                .filter(e -> name.startsWith(e.getKey()))
                .flatMap(e -> e.getValue().stream());
        return Stream.of(DOMAIN_MAY_USE.stream(), Stream.of(ownDomain), exceptions)
                .flatMap(s -> s)
                .toList();
    }

    private static List<String> reconcileMayUse(SourceFile file) {
        String own = PACKAGE_OF_SERVICE.getOrDefault(file.module(), "");
        return Stream.concat(RECONCILE_MAY_USE.stream(), Stream.of(own + "domain.", own + "reconcile."))
                .toList();
    }

    private static Stream<String> outside(SourceFile file, List<String> allowed) {
        boolean domain = file.isInPackageNamed(DOMAIN);
        return names(file)
                .filter(name -> (domain && starts(name, NOT_PURE)) || !(starts(name, JDK) || starts(name, allowed)))
                .map(name -> file.path() + ": " + name);
    }

    private static Stream<String> inside(SourceFile file, List<String> forbidden) {
        return names(file).filter(name -> starts(name, forbidden)).map(name -> file.path() + ": " + name);
    }

    private static Stream<String> names(SourceFile file) {
        String body = file.code().replaceAll("(?m)^\\s*(?:package|import)\\s.*$", "");
        return Stream.concat(
                        file.imports().stream(),
                        FULL_NAME.matcher(body).results().map(MatchResult::group))
                .distinct();
    }

    private static boolean starts(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
