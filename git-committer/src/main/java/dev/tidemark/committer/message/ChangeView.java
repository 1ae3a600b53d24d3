package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** One change; two with the same strings are equal. */
record ChangeView(String oldValue, String newValue, String setter) implements TemplateObject {

    static final StructType<ChangeView> TYPE = StructType.<ChangeView>named("update.Change")
            .field("OldValue", ChangeView::oldValue)
            .field("NewValue", ChangeView::newValue)
            .field("Setter", ChangeView::setter)
            .build();

    static ChangeView of(SetterChange change) {
        return new ChangeView(change.oldValue(), change.newValue(), change.setter());
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}
