package org.deepliftc.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** The public face of a package mentions no type of the packages it hides. */
final class NoLeak extends ArchCondition<JavaClass> {
    private final String place;
    private final DescribedPredicate<JavaClass> hidden;

    NoLeak(String place, String... hidden) {
        super("show no type of %s in public", String.join(", ", hidden));
        this.place = place;
        this.hidden = resideInAnyPackage(hidden);
    }

    ArchRule rule() {
        return classes().that().resideInAPackage(place).and().arePublic().should(this);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaMember member : type.getMembers()) {
            if (member.getModifiers().contains(JavaModifier.PUBLIC)
                    && mentioned(member).anyMatch(hidden)) {
                events.add(SimpleConditionEvent.violated(member, member.getDescription() + " shows a hidden type"));
            }
        }
        if (Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .anyMatch(hidden)) {
            events.add(SimpleConditionEvent.violated(type, type.getDescription() + " extends a hidden type"));
        }
    }

    private static Stream<JavaClass> mentioned(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.concat(
                    unit.getReturnType().getAllInvolvedRawTypes().stream(),
                    unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()));
        }
        return member.getAllInvolvedRawTypes().stream();
    }
}
