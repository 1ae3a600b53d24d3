package dev.tidemark.testkit.house;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How sources look, apart from what they use. */
final class SourceRules {

    static final int MOST_LINES = 400;

    private static final Pattern EMPTY_NAME = Pattern.compile("\\w+(?:Utils?|Helper|Manager|Impl)");
    private static final Pattern CONSOLE = Pattern.compile("\\bSystem\\s*\\.\\s*(?:out|err)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\b(?:Thread|TimeUnit\\.\\w+)\\s*\\.\\s*sleep\\b");
    private static final Pattern SWITCHED_OFF =
            Pattern.compile("@(?:Disabled|Enabled)\\w*|\\bAssumptions?\\b|\\bassume\\w+\\(");
    private static final Pattern BANNED_LIBRARY =
            Pattern.compile("\\b(?:org\\.mockito|net\\.jqwik|lombok|com\\.google\\.common)\\.");
    private static final Pattern MACHINE_PATH = Pattern.compile(
            "(?<![\\w.}~-])/(?:root|home/[a-z][\\w-]*|Users/[A-Za-z][\\w-]*|work)/[\\w.]|[A-Z]:\\\\Users\\\\");
    private static final Pattern PACKAGE_REGISTRY = Pattern.compile(
            "(?:repo1?\\.maven\\.(?:apache\\.)?org|registry\\.npmjs\\.org|(?:files\\.)?pythonhosted\\.org|proxy\\.golang\\.org"
                    + "|https?://[\\w.-]*(?:artifactory|nexus|jfrog)[\\w.-]*)");

    /** The JDK's client offers HTTP/2 to every server unless it is told not to. */
    private static final Pattern UPGRADES =
            Pattern.compile("\\bHttpClient\\s*\\.\\s*(?:newHttpClient\\b|newBuilder\\(\\)(?![^;]*\\bHTTP_1_1\\b))");

    /** A caught throwable that is put into a text as it is: its class name comes first. */
    private static final Pattern CAUGHT = Pattern.compile("\\bcatch\\s*\\([^)]*\\s(\\w+)\\)");

    private static final Pattern TYPE_NAME =
            Pattern.compile("\\.getSimpleName\\(\\)|\\bgetClass\\(\\)\\.getName\\(\\)");

    /** Texts that no operator reads: headers of dead letters, the log of a fault of ours, the build's own tools. */
    private static final Set<String> FOR_DEVELOPERS = Set.of("DeadLetters", "ManifestText");

    private static final Set<String> OF_THE_BUILD =
            Set.of("testkit", "build-report", "benchmarks", "go-templates-fuzz", "fuzz");

    /** Where people read what a program prints. */
    private static final Set<String> TALKS_TO_PEOPLE =
            Set.of("cli", "demo", "all-in-one", "benchmarks", "testkit", "build-report");

    private static final Set<String> SETTINGS_SIDE_BY_SIDE = Stream.concat(
                    SourceTree.SERVICES.stream(), Stream.of("service-runtime"))
            .collect(Collectors.toSet());

    static final HouseRule CLASSES_ARE_SMALL = new HouseRule(
            "no class has more than " + MOST_LINES + " lines",
            tree -> tree.java().filter(f -> f.lines() > MOST_LINES).map(f -> f.path() + ": " + f.lines() + " lines"));

    static final HouseRule NAMES_SAY_SOMETHING =
            new HouseRule("no type is called Utils, Util, Helper, Manager or Impl", tree -> tree.java()
                    .flatMap(f -> f.types().stream()
                            .filter(type -> EMPTY_NAME.matcher(type).matches())
                            .map(type -> f.path() + ": " + type)));

    static final HouseRule PACKAGES_ARE_NULL_MARKED =
            new HouseRule("every package has a package-info with @NullMarked", SourceRules::packagesWithoutNullMarked);

    static final HouseRule SERVICES_ARE_SILENT =
            new HouseRule("services and libraries log and do not print", tree -> tree.mainJava()
                    .filter(f -> !TALKS_TO_PEOPLE.contains(f.module()))
                    .flatMap(f -> found(f, CONSOLE, f.code())));

    static final HouseRule SERVICES_LIVE_TOGETHER = new HouseRule(
            "a service has no application.properties and no @QuarkusMain: all of them share one JVM in all-in-one",
            tree -> tree.files().stream()
                    .filter(f -> SETTINGS_SIDE_BY_SIDE.contains(f.module()))
                    .filter(f -> f.code().contains("@QuarkusMain")
                            || f.path().matches(".*/src/main/resources/application\\.(?:properties|ya?ml)"))
                    .map(SourceFile::path));

    static final HouseRule SETTINGS_ARE_APART =
            new HouseRule("no key is in the defaults of two services", SourceRules::keysOfTwoServices);

    static final HouseRule TESTS_WAIT_FOR_CONDITIONS =
            new HouseRule("tests wait for conditions and do not sleep", tree -> tree.java()
                    .filter(f -> f.isTestJava() || f.module().equals("testkit"))
                    .flatMap(f -> found(f, SLEEP, f.code())));

    static final HouseRule TESTS_RUN =
            new HouseRule("no test is switched off; only testkit's Tools skips, and says so", tree -> tree.testJava()
                    .flatMap(f -> found(f, SWITCHED_OFF, f.code())));

    static final HouseRule LIBRARIES_ARE_CHOSEN = new HouseRule(
            "no Mockito, jqwik, Lombok or Guava", tree -> tree.java().flatMap(f -> found(f, BANNED_LIBRARY, f.code())));

    static final HouseRule NO_TRACE_OF_A_MACHINE = new HouseRule(
            "no path of somebody's machine and no host of a package registry", tree -> tree.files().stream()
                    .flatMap(f ->
                            Stream.concat(found(f, MACHINE_PATH, f.text()), found(f, PACKAGE_REGISTRY, f.text()))));

    static final HouseRule MESSAGES_NAME_NO_JAVA_TYPE = new HouseRule(
            "no message names a Java type: neither by its class nor by a throwable as it prints itself",
            tree -> tree.mainJava()
                    .filter(f -> !OF_THE_BUILD.contains(f.module()))
                    .filter(f -> f.types().stream().noneMatch(FOR_DEVELOPERS::contains))
                    .flatMap(f -> Stream.concat(found(f, TYPE_NAME, f.code()), printedThrowables(f))));

    static final HouseRule HTTP_IS_NOT_UPGRADED = new HouseRule(
            "an HTTP client of the product is made for HTTP/1.1: a plain server may lose its answer to a request that offers"
                    + " an upgrade",
            tree -> tree.mainJava()
                    .filter(f -> !OF_THE_BUILD.contains(f.module()))
                    .flatMap(f -> found(f, UPGRADES, f.code())));

    static final List<HouseRule> ALL = List.of(
            HTTP_IS_NOT_UPGRADED,
            MESSAGES_NAME_NO_JAVA_TYPE,
            CLASSES_ARE_SMALL,
            NAMES_SAY_SOMETHING,
            PACKAGES_ARE_NULL_MARKED,
            SERVICES_ARE_SILENT,
            SERVICES_LIVE_TOGETHER,
            SETTINGS_ARE_APART,
            TESTS_WAIT_FOR_CONDITIONS,
            TESTS_RUN,
            LIBRARIES_ARE_CHOSEN,
            NO_TRACE_OF_A_MACHINE);

    private SourceRules() {}

    private static Stream<String> found(SourceFile file, Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .map(hit -> file.path() + ": " + hit);
    }

    private static Stream<String> printedThrowables(SourceFile file) {
        return CAUGHT.matcher(file.code())
                .results()
                .map(caught -> caught.group(1))
                .distinct()
                .flatMap(name -> found(
                        file,
                        Pattern.compile("\\+\\s*" + name + "(?![\\w.(])|\\b" + name + "\\.toString\\(\\)"),
                        file.code()));
    }

    private static Stream<String> packagesWithoutNullMarked(SourceTree tree) {
        Set<String> marked = tree.mainJava()
                .filter(f -> f.path().endsWith("/package-info.java") && f.code().contains("@NullMarked"))
                .map(SourceRules::folder)
                .collect(Collectors.toSet());
        Set<String> all = tree.mainJava().map(SourceRules::folder).collect(Collectors.toCollection(HashSet::new));
        all.removeAll(marked);
        return all.stream();
    }

    private static String folder(SourceFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/'));
    }

    private static Stream<String> keysOfTwoServices(SourceTree tree) {
        Map<String, List<String>> modulesOfKey = tree.files().stream()
                .filter(f -> SETTINGS_SIDE_BY_SIDE.contains(f.module()))
                .filter(f -> f.path().endsWith("/src/main/resources/META-INF/microprofile-config.properties"))
                .flatMap(f -> keys(f).stream().map(key -> Map.entry(key, f.module())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return modulesOfKey.entrySet().stream()
                .filter(e -> e.getValue().size() > 1)
                .map(e -> e.getKey() + ": " + e.getValue());
    }

    private static Set<String> keys(SourceFile file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames();
    }
}
