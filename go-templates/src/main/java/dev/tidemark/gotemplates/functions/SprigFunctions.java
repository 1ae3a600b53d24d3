package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.ArrayList;
import java.util.List;

/** The sets of functions that sprig's users install. */
public final class SprigFunctions {
    private SprigFunctions() {}

    /** What commit messages and ResourceSets have in common: slim-sprig without what is not hermetic. */
    private static List<TemplateFunction> common() {
        var functions = new ArrayList<TemplateFunction>();
        functions.addAll(StringFunctions.all());
        functions.addAll(CaseFunctions.all());
        functions.addAll(SplitFunctions.all());
        functions.addAll(NumberFunctions.all());
        functions.addAll(LogicFunctions.all());
        functions.addAll(JsonFunctions.all());
        functions.addAll(DictFunctions.all());
        functions.addAll(ListFunctions.all());
        functions.addAll(RegexFunctions.all());
        functions.addAll(EncodingFunctions.all());
        functions.addAll(PathFunctions.all());
        functions.addAll(UrlFunctions.all());
        functions.addAll(DateFunctions.all());
        return functions;
    }

    public static List<TemplateFunction> resourceSet() {
        List<TemplateFunction> functions = common();
        functions.addAll(ResourceFunctions.all());
        return functions;
    }

    public static List<TemplateFunction> commitMessage() {
        List<TemplateFunction> functions = common();
        return functions;
    }
}
