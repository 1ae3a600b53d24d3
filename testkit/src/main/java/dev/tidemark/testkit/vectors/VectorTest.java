package dev.tidemark.testkit.vectors;

import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test class that runs the vectors of one family. It says so with {@code @Tag("vectors:FAMILY")}, and the display
 * names of its tests are the ids of the cases, or begin with the id and a space.
 *
 * @param module the folder below the root
 * @param className with its package
 */
public record VectorTest(String family, String module, String className) {

    private static final Pattern TAG = Pattern.compile("(?m)^@Tag\\(\"vectors:([\\w-]+)\"\\)");

    /** All of them, in the order of the sources. */
    public static List<VectorTest> in(SourceTree sources) {
        return sources.testJava().flatMap(VectorTest::of).toList();
    }

    private static Stream<VectorTest> of(SourceFile source) {
        return TAG.matcher(source.text())
                .results()
                .map(tag -> new VectorTest(tag.group(1), source.module(), className(source)));
    }

    private static String className(SourceFile source) {
        String path = source.path();
        String simpleName = path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
        return source.packageName() + '.' + simpleName;
    }
}
