package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.filter.FilterTags;
import dev.tidemark.policies.inputs.InputFilter;
import dev.tidemark.policies.inputs.TagListPolicy;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import org.jspecify.annotations.Nullable;

/** A declared policy made ready to decide. */
public sealed interface CompiledPolicy {

    /** An ImagePolicy: selects one tag. */
    record One(TagPolicy policy, ExclusionList exclusions) implements CompiledPolicy {
        boolean sees(String tag) {
            return !exclusions.excludes(tag);
        }
    }

    /** A ResourceSetInputProvider's filter: selects a list. */
    record Many(TagListPolicy policy) implements CompiledPolicy {}

    /** Cannot decide until its resource is edited. */
    record Broken(String reason, String message) implements CompiledPolicy {}

    /** Compiles what a resource declares; never throws. */
    static CompiledPolicy of(PolicyDeclared declared) {
        return switch (declared.rule()) {
            case PolicyRule.Semver(String range) ->
                one(declared, new dev.tidemark.policies.select.PolicyRule.Semver(range));
            case PolicyRule.Alphabetical(String order) ->
                one(declared, new dev.tidemark.policies.select.PolicyRule.Alphabetical(order));
            case PolicyRule.Numerical(String order) ->
                one(declared, new dev.tidemark.policies.select.PolicyRule.Numerical(order));
            case PolicyRule.Missing() -> one(declared, null);
            case PolicyRule.TagList list -> many(list);
        };
    }

    private static CompiledPolicy many(PolicyRule.TagList list) {
        var filter = new InputFilter(
                null, null, list.includeTag(), list.excludeTag(), null, null, list.semver(), list.limit());
        return switch (TagListPolicy.compile(filter)) {
            case Parsed.Value<TagListPolicy>(TagListPolicy policy) -> new Many(policy);
            case Parsed.Malformed<TagListPolicy>(String why) -> new Broken("ReconciliationFailed", why);
        };
    }

    private static CompiledPolicy one(PolicyDeclared declared, dev.tidemark.policies.select.@Nullable PolicyRule rule) {
        var filter = new FilterTags(
                declared.filterTags().pattern(), declared.filterTags().extract());
        return switch (TagPolicy.compile(new PolicySpec(rule, filter))) {
            case Compilation.Invalid invalid -> new Broken(Compilation.Invalid.REASON, invalid.message());
            case Compilation.Compiled(TagPolicy policy) ->
                switch (ExclusionList.compile(declared.exclusionList())) {
                    case Parsed.Value<ExclusionList>(ExclusionList exclusions) -> new One(policy, exclusions);
                    case Parsed.Malformed<ExclusionList>(String why) -> new Broken("ReadOperationFailed", why);
                };
        };
    }
}
