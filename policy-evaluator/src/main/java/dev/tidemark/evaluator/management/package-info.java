/** Questions of people over the management port: why, what if it ran again, and the stop. */
@NullMarked
package dev.tidemark.evaluator.management;

import org.jspecify.annotations.NullMarked;
