package dev.tidemark.evaluation.whatif;

import dev.tidemark.events.Event.PolicyDeclared;
import java.util.List;

/**
 * What if this were declared?
 *
 * @param warnings of its manifest
 */
record Question(PolicyDeclared policy, List<String> warnings) {}
