/** The state folder and what tells of a running Tidemark. */
@NullMarked
package dev.tidemark.cli.state;

import org.jspecify.annotations.NullMarked;
