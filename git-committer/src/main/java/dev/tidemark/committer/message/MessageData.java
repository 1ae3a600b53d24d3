package dev.tidemark.committer.message;

import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.TypedMap;
import java.util.List;
import java.util.Map;

/** The dot of a message template. {@code .Updated} is a method, so that printing the dot stays today's. */
record MessageData(NamespacedName automation, GroupedChanges changes, Map<String, String> values)
        implements TemplateObject {

    static final StructType<MessageData> TYPE = StructType.<MessageData>named("source.TemplateData")
            .field("AutomationObject", MessageData::automation)
            .field("Changed", data -> new ChangedView(data.changes()))
            .field("Values", data -> TypedMap.strings(data.values()))
            .method("Updated", data -> new UpdatedView(data.changes()))
            .build();

    static MessageData of(String namespace, String name, List<SetterChange> changes, Map<String, String> values) {
        return new MessageData(new NamespacedName(namespace, name), GroupedChanges.of(changes), values);
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }
}
