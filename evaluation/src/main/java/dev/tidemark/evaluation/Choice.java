package dev.tidemark.evaluation;

import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.gate.EmergencyStop;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.inputs.TagListPolicy;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * A declared policy at work, kept current tag by tag: a new tag costs one comparison, a full pass happens at the start
 * and when a tag that decided is gone. Holds nothing that a full pass could not restore, so it lives in memory only.
 */
sealed interface Choice permits SingleChoice, ListChoice, Choice.Broken {

    /** What a decision depends on beside the policy, its state and the tags. */
    record Circumstances(Instant now, Optional<String> stop) {

        /** The gates of a policy, behind the stop that is in force. */
        Gates before(Gates gates) {
            return stop.map(EmergencyStop::new).map(gates::behind).orElse(gates);
        }
    }

    /** Takes in a tag that the store already lists. */
    void added(String tag);

    /** Takes in that the store knows something else of a tag that it listed before. */
    void changed(String tag);

    /** Takes in that the store does not list a tag any more. */
    void removed(String tag);

    /** So much has changed that the next answer comes from a full pass. */
    void forget();

    /** Whether the next answer takes no pass over the list. */
    default boolean isReady(PolicyState state) {
        return true;
    }

    /**
     * Reads on in the list, where the next answer takes a pass over it.
     *
     * @param limit so many tags, or some more
     * @return whether the answer can be given without reading more
     */
    default boolean prepare(PolicyState state, Circumstances circumstances, int limit) {
        return true;
    }

    /** What the policy comes to now, given what it selected before. */
    PolicyResult evaluate(PolicyState state, Circumstances circumstances);

    /** Why the tag is, or is not, selected as things stand. */
    String explain(String tag, PolicyState state, Circumstances circumstances);

    /** Cannot decide until its resource is edited. */
    record Broken(String reason, String message) implements Choice {
        @Override
        public void added(String tag) {}

        @Override
        public void changed(String tag) {}

        @Override
        public void removed(String tag) {}

        @Override
        public void forget() {}

        @Override
        public PolicyResult evaluate(PolicyState state, Circumstances circumstances) {
            return PolicyResult.stays(state, Verdict.invalid(reason, message));
        }

        @Override
        public String explain(String tag, PolicyState state, Circumstances circumstances) {
            return "the policy selects nothing before it is corrected: " + message;
        }
    }

    /** Compiles what a resource declares; never throws. */
    static Choice of(PolicyDeclared declared, TagStore store) {
        return switch (declared.rule()) {
            case PolicyRule.Semver semver -> single(declared, store);
            case PolicyRule.Alphabetical alphabetical -> single(declared, store);
            case PolicyRule.Numerical numerical -> single(declared, store);
            case PolicyRule.Missing missing -> single(declared, store);
            case PolicyRule.TagList list -> list(declared, list, store);
            case PolicyRule.Unsupported(String kind, var members) -> newer("rule of the kind '" + kind + "'");
        };
    }

    /** Neither this one's guess nor nothing: what is published stays until all of it is upgraded. */
    private static Choice newer(String what) {
        return new Broken(
                Compilation.Invalid.REASON,
                "a newer Tidemark declared it with a " + what
                        + ", which this one does not know: what is published stays until it is upgraded, too");
    }

    private static Choice list(PolicyDeclared declared, PolicyRule.TagList list, TagStore store) {
        return switch (TagListPolicy.compile(list)) {
            case Parsed.Value<TagListPolicy>(TagListPolicy policy) ->
                new ListChoice(declared, policy, Gates.readForList(declared.annotations()), store);
            case Parsed.Malformed<TagListPolicy>(String why) -> new Broken("ReconciliationFailed", why);
        };
    }

    private static Choice single(PolicyDeclared declared, TagStore store) {
        if (declared.digestReflection().equals(DigestRule.ALWAYS) && declared.interval() == null) {
            return new Broken(
                    "IntervalNotConfigured",
                    "spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'");
        }
        if (!DigestRule.NAMES.contains(declared.digestReflection())) {
            return newer("digestReflectionPolicy '" + declared.digestReflection() + "'");
        }
        return switch (TagPolicy.compile(new PolicySpec(declared.rule(), declared.filterTags()))) {
            case Compilation.Invalid invalid -> new Broken(Compilation.Invalid.REASON, invalid.message());
            case Compilation.Compiled(TagPolicy policy) ->
                switch (ExclusionList.compile(declared.exclusionList())) {
                    case Parsed.Value<ExclusionList>(ExclusionList exclusions) ->
                        new SingleChoice(declared, policy, exclusions, Gates.read(declared.annotations()), store);
                    case Parsed.Malformed<ExclusionList>(String why) -> new Broken("ReadOperationFailed", why);
                };
        };
    }
}
