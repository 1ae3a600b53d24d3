package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Go's {@code path}; the functions for the system's own paths are the same on Linux. */
final class PathFunctions {
    private PathFunctions() {}

    static List<TemplateFunction> all() {
        var functions = new ArrayList<TemplateFunction>();
        both(functions, "base", "osBase", PathFunctions::base);
        both(functions, "dir", "osDir", PathFunctions::dir);
        both(functions, "clean", "osClean", PathFunctions::clean);
        both(functions, "ext", "osExt", PathFunctions::ext);
        both(functions, "isAbs", "osIsAbs", path -> path.startsWith("/"));
        return functions;
    }

    private static void both(
            List<TemplateFunction> functions, String name, String osName, Function<String, Object> body) {
        TemplateFunction function = TemplateFunction.of(name + "(string)", a -> body.apply(a.text(0)));
        functions.add(function);
        functions.add(function.named(osName));
    }

    private static String base(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (end == 0) {
            return path.isEmpty() ? "." : "/";
        }
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static String dir(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    private static String ext(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot) : "";
    }

    private static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                    parts.removeLast();
                } else if (!rooted) {
                    parts.addLast("..");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
