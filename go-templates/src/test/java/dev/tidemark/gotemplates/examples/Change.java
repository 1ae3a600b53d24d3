package dev.tidemark.gotemplates.examples;

import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** One value that was changed, and the marker that said so. */
public record Change(String oldValue, String newValue, String setter) implements TemplateObject {
    static final StructType<Change> TYPE = StructType.<Change>named("update.Change")
            .field("OldValue", Change::oldValue)
            .field("NewValue", Change::newValue)
            .field("Setter", Change::setter)
            .build();

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}
