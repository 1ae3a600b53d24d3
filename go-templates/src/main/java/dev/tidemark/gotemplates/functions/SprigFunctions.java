package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The sets of functions that sprig's users install. */
public final class SprigFunctions {
    private SprigFunctions() {}

    /** What commit messages and ResourceSets have in common: slim-sprig without what is not hermetic. */
    private static List<TemplateFunction> common(ToLongFunction<@Nullable Object> whole) {
        var functions = new ArrayList<TemplateFunction>();
        functions.addAll(StringFunctions.all());
        functions.addAll(CaseFunctions.all());
        functions.addAll(SplitFunctions.all());
        functions.addAll(new NumberFunctions(whole).all());
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
        List<TemplateFunction> functions = common(Convert::toLong);
        functions.addAll(ResourceFunctions.all());
        return functions;
    }

    public static List<TemplateFunction> commitMessage() {
        List<TemplateFunction> functions = common(Convert::castToLong);
        functions.add(EncodingFunctions.sha512());
        functions.addAll(WordFunctions.all());
        functions.addAll(DecimalFunctions.all());
        functions.addAll(MergeFunctions.all());
        functions.addAll(SemverFunctions.all());
        functions.addAll(PasswordFunctions.all());
        functions.addAll(CertificateFunctions.all());
        return functions;
    }
}
