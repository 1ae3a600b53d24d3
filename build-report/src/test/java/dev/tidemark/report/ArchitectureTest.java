package dev.tidemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tidemark.report.PackageRules.Rule;
import dev.tidemark.testkit.house.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who uses what, by the byte code of all modules: names that sources do not show count too. */
@Tag("gate")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(compiled());

    private static boolean isImpure(String name) {
        return name.startsWith("java.util.concurrent.")
                || name.startsWith("java.lang.System$Logger")
                || name.startsWith("java.util.logging.")
                || name.equals("java.lang.Thread")
                || name.equals("java.lang.Thread$Builder");
    }

    static List<Path> compiled() {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPackageHasARuleAndKeepsIt() {
        List<String> broken = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            Optional<Rule> rule = PackageRules.of(type.getPackageName());
            if (rule.isEmpty()) {
                broken.add(type.getPackageName() + ": no rule says what it may use");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass().getBaseComponentType();
                if (!used.isPrimitive() && !rule.get().allows(type.getPackageName(), used.getName())) {
                    broken.add(type.getPackageName() + " uses " + used.getName() + " (" + type.getSimpleName() + ")");
                }
            }
        }
        assertThat(new TreeSet<>(broken)).isEmpty();
    }

    /** Decisions take time and ids as arguments, and neither wait nor tell: that is done around them. */
    @Test
    void domainsHaveNoThreadsLocksSleepingOrLogging() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!type.getPackageName().contains(".domain")) {
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String used = dependency.getTargetClass().getBaseComponentType().getName();
                if (isImpure(used)) {
                    broken.add(type.getName() + " uses " + used);
                }
            }
            type.getMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                    .forEach(method -> broken.add(method.getFullName() + " is synchronized"));
            type.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.VOLATILE))
                    .forEach(field -> broken.add(field.getFullName() + " is volatile"));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> used = uses.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.tidemark.")
                        && !target.getPackageName().equals(type.getPackageName())) {
                    used.add(target.getPackageName());
                }
            }
        }
        assertThat(Circles.of(uses)).isEmpty();
    }
}
