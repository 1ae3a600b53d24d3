package dev.tidemark.testkit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings out of the sources of the {@code @ConfigMapping} interfaces: names, defaults, Javadoc. */
public final class SettingsReader {

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern MEMBER = Pattern.compile(
            "(?s)"
                    + "(?<doc>/\\*\\*(?:(?!\\*/).)*\\*/\\s*)?"
                    + "(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s*)*)"
                    + "(?:(?<type>[A-Za-z][\\w<>, .?]*)\\s+(?<name>\\w+)\\(\\);|interface (?<group>\\w+) [^{]*\\{|(?<other>enum \\w+ \\{)|(?<end>\\}))");
    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"([^\"]*)\"\\)");

    private SettingsReader() {}

    /** All settings of the modules below a root, by key. */
    public static List<Setting> below(Path root) throws IOException {
        List<Setting> settings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sources = files.filter(f -> f.toString().endsWith("Config.java"))
                    .filter(f -> f.toString().contains("/src/main/"))
                    .toList();
            for (Path source : sources) {
                settings.addAll(read(Files.readString(source)));
            }
        }
        settings.sort(Comparator.comparing(Setting::key));
        return settings;
    }

    static List<Setting> read(String source) {
        Matcher prefix = PREFIX.matcher(source);
        if (!prefix.find()) {
            return List.of();
        }
        List<Setting> settings = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        Deque<String> path = new ArrayDeque<>();
        path.push(prefix.group(1));
        Matcher member = MEMBER.matcher(source);
        int body = source.indexOf('{', source.indexOf("interface", prefix.end()));
        for (int at = body + 1; member.find(at); at = member.end()) {
            if (member.group("name") != null) {
                settings.add(setting(path.getFirst(), member));
            } else if (member.group("group") != null) {
                groups.add(member.group("group"));
                path.push(path.getFirst() + '.' + kebab(member.group("group")));
            } else if (member.group("other") != null) {
                path.push(path.getFirst());
            } else if (path.size() > 1) {
                path.pop();
            }
        }
        settings.removeIf(s -> groups.contains(s.type()));
        return settings;
    }

    private static Setting setting(String prefix, Matcher member) {
        Matcher value = DEFAULT.matcher(member.group("annotations"));
        return new Setting(
                prefix + '.' + kebab(member.group("name")),
                member.group("type").strip(),
                value.find() ? value.group(1) : "",
                text(member.group("doc")));
    }

    private static String text(String doc) {
        return doc == null
                ? ""
                : doc.replaceAll("(?m)^\\s*/?\\*+/?", " ")
                        .replace("*/", " ")
                        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                        .replaceAll("\\s+", " ")
                        .strip();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
