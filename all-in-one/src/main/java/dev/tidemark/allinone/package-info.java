/** The services in one JVM on an embedded broker: the state folder, the order of start and stop. */
@NullMarked
package dev.tidemark.allinone;

import org.jspecify.annotations.NullMarked;
