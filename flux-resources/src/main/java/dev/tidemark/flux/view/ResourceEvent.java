package dev.tidemark.flux.view;

import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ResourceId;

/** Something that happened, and to which object. */
public record ResourceEvent(ResourceId object, ObjectEvent event) {}
