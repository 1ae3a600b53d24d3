/** Questions over HTTP, answered from the log. */
@NullMarked
package dev.tidemark.evaluator.http;

import org.jspecify.annotations.NullMarked;
