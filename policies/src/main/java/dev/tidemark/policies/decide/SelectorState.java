package dev.tidemark.policies.decide;

import dev.tidemark.policies.select.SelectionState;
import java.util.Map;

/**
 * What to keep per target between decisions. It names the policy and the annotations it was made under;
 * under others it is refused and a full pass asked for.
 */
public record SelectorState(SelectionState state, Map<String, String> annotations) {}
