package org.deepliftc.maven;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Makes the names of classes from the places of models, and sees that they are names and that no two are the same. */
final class ClassNames {
    private final Map<String, String> takenBy = new TreeMap<>();

    /** The class of {@code gata-cagatg.dlift} is {@code GataCagatg}. */
    static String className(String model) {
        String stem = model.substring(model.lastIndexOf('/') + 1);
        stem = stem.contains(".") ? stem.substring(0, stem.lastIndexOf('.')) : stem;
        String name = Pattern.compile("[^\\p{L}\\p{Nd}]+")
                .splitAsStream(stem)
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return checkedClassName(model, name);
    }

    /** The package of {@code org/example/figure1.dlift} is {@code org.example}. */
    static String packageName(String model) {
        int slash = model.lastIndexOf('/');
        return checkedPackageName(
                model, slash < 0 ? "" : model.substring(0, slash).replace('/', '.'));
    }

    static String checkedClassName(String model, String name) {
        if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException(model + ": '" + name
                    + "' is no name of a Java class; rename the file or set <className> for this <model>");
        }
        return name;
    }

    static String checkedPackageName(String model, String name) {
        if (!name.isEmpty() && !SourceVersion.isName(name)) {
            throw new IllegalArgumentException(model + ": '" + name
                    + "' is no name of a Java package; rename the folder or set <packageName> for this <model>");
        }
        return name;
    }

    /** Claims a name for a model; file systems that ignore case forbid names that differ in nothing else. */
    void claim(ModelTask task) {
        String other = takenBy.put(task.qualifiedName().toLowerCase(Locale.ROOT), task.name());
        if (other != null) {
            throw new IllegalArgumentException(other + " and " + task.name() + " both become the class "
                    + task.qualifiedName() + "; set <className> for one of them");
        }
    }
}
