package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.tree.Tree;

/** An object with its kind, which knows the columns. */
public record Found(ObjectKind kind, Tree object) {}
