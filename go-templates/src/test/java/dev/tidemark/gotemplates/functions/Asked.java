package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.TemplateEngine;
import java.util.Map;

/** Functions asked as a template asks them. */
final class Asked {

    private static final TemplateEngine ENGINE =
            TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();

    private Asked() {}

    static String text(String expression, Map<String, String> data) {
        return ENGINE.parse("t", "{{ " + expression + " }}").render(data);
    }

    static boolean yes(String expression, Map<String, String> data) {
        return text(expression, data).equals("true");
    }
}
