/** What can be wrong with a template: its text, what it comes to with some data, and how much it asks for. */
@NullMarked
package dev.tidemark.gotemplates.error;

import org.jspecify.annotations.NullMarked;
