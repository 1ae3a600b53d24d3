package dev.tidemark.testkit.house;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One text file of the project.
 *
 * @param path from the root, with {@code /}
 * @param code of a Java file: the text without comments and literals; empty for others
 */
public record SourceFile(String path, String text, String code) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");

    public static SourceFile of(String path, String text) {
        return new SourceFile(path, text, path.endsWith(".java") ? JavaScanner.code(text) : "");
    }

    /** The folder below the root, empty for a file at the root. */
    public String module() {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    public boolean isMainJava() {
        return path.contains("/src/main/java/") && isJava();
    }

    public boolean isTestJava() {
        return path.contains("/src/test/java/") && isJava();
    }

    public boolean isJava() {
        return path.endsWith(".java");
    }

    /** The package of a Java file, empty where there is none. */
    public String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Whether a part of the package's name is one of these. */
    public boolean isInPackageNamed(java.util.Set<String> names) {
        return List.of(packageName().split("\\.")).stream().anyMatch(names::contains);
    }

    /** What a Java file imports, static imports with their member. */
    public List<String> imports() {
        return IMPORT.matcher(code).results().map(m -> m.group(1)).toList();
    }

    /** The names of the types that a Java file declares, nested ones too. */
    public List<String> types() {
        return TYPE.matcher(code).results().map(m -> m.group(1)).toList();
    }

    public int lines() {
        return (int) text.lines().count();
    }
}
