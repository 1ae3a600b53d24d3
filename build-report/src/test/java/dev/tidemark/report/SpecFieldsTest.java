package dev.tidemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.schema.FieldSupport;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is read is served or refused: a field that no code asks for is one that somebody writes in vain. */
@Tag("gate")
class SpecFieldsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(ArchitectureTest.compiled());

    @Test
    void everyFieldOfASpecIsUsedOrSaidNotToBe() {
        List<String> ignored = new ArrayList<>();
        for (Kind<?> kind : Kinds.all()) {
            if (kind.contentField().equals("spec")) {
                Map<String, RecordComponent> read = new TreeMap<>();
                collect("spec", kind.content(), read);
                for (String field : FieldSupport.fields(kind).keySet()) {
                    RecordComponent component = read.get(field);
                    boolean used = component != null && isUsed(component);
                    if (!used && FieldSupport.of(kind, field).isEmpty()) {
                        ignored.add(
                                kind.name() + ' ' + field + (component == null ? ": not read" : ": read and not used"));
                    }
                }
            }
        }
        assertThat(ignored).isEmpty();
    }

    private static void collect(String path, Class<?> record, Map<String, RecordComponent> into) {
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String below = path + '.' + (named == null ? component.getName() : named.value());
            into.put(below, component);
            Class<?> type = elementOf(component.getGenericType());
            if (type.isRecord() && type.getName().startsWith("dev.tidemark.")) {
                collect(below, type, into);
            }
        }
    }

    private static Class<?> elementOf(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return elementOf(list.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    /** Asked for by anybody, or used by what the record itself works out. */
    private static boolean isUsed(RecordComponent component) {
        JavaClass owner = CLASSES.get(component.getDeclaringRecord());
        String name = component.getName();
        return !owner.getMethod(name).getAccessesToSelf().isEmpty()
                || owner.getField(name).getAccessesToSelf().stream()
                        .map(access -> access.getOrigin().getName())
                        .anyMatch(method -> !method.equals(name) && !method.equals("<init>"));
    }
}
