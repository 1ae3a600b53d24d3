/** The log as services reach it: its clients, tables and scans, topics and dead letters. Kafka's clients and no framework. */
@NullMarked
package dev.tidemark.runtime.log;

import org.jspecify.annotations.NullMarked;
