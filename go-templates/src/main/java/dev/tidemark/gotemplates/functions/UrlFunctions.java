package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Taking URLs apart and putting them together. */
final class UrlFunctions {
    private UrlFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("urlParse(string)", UrlFunctions::parse),
                TemplateFunction.of("urlJoin(map)", UrlFunctions::join));
    }

    private static Map<String, @Nullable Object> parse(Arguments a) {
        GoUrl url = GoUrl.parse(a.text(0));
        var parts = new HashMap<String, @Nullable Object>();
        parts.put("scheme", url.scheme());
        parts.put("host", url.host());
        parts.put("hostname", url.hostname());
        parts.put("path", url.path());
        parts.put("query", url.query());
        parts.put("opaque", url.opaque());
        parts.put("fragment", url.fragment());
        parts.put("userinfo", url.userinfo());
        return parts;
    }

    private static String join(Arguments a) {
        Map<String, @Nullable Object> parts = a.map(0);
        String userinfo = part(parts, "userinfo");
        String user = userinfo.isEmpty()
                ? ""
                : GoUrl.parse("proto://" + userinfo + "@host").userinfo();
        return new GoUrl(
                        part(parts, "scheme"),
                        part(parts, "opaque"),
                        user,
                        part(parts, "host"),
                        part(parts, "path"),
                        part(parts, "query"),
                        part(parts, "fragment"))
                .toString();
    }

    private static String part(Map<String, @Nullable Object> parts, String key) {
        if (!parts.containsKey(key)) {
            return "";
        }
        if (parts.get(key) instanceof String text) {
            return text;
        }
        throw new FunctionException("unable to parse " + key + " key, must be of type string, but "
                + Values.kindOf(parts.get(key)).goName() + " found");
    }
}
