package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.flux.view.Tree;

/** An object with its kind, which knows the columns. */
public record Found(ObjectKind kind, Tree object) {}
