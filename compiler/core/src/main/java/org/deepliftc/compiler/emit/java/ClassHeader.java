package org.deepliftc.compiler.emit.java;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;

/**
 * What a generated class says about itself beyond its program.
 *
 * @param packageName empty for the unnamed package
 * @param className a simple name; see {@link #classNameFor}
 * @param model the model's own name, any text
 * @param sourceFile the file the model was compiled from, without folders
 * @param sourceDigest SHA-256 in hexadecimal of everything the model was compiled from
 * @param method as a user writes it: {@code deeplift}
 * @param point the name of the explained node, any text
 * @param pointSize its number of neurons
 * @param reference GIVEN exactly where the program has reference inputs
 * @param target GIVEN exactly where the program's targets are given
 * @param rules the rule table, a line each
 * @param vectors whether vector code stands beside scalar code, where the program has loops worth it
 */
public record ClassHeader(
        String packageName,
        String className,
        String model,
        String sourceFile,
        String sourceDigest,
        String compilerVersion,
        String method,
        String point,
        int pointSize,
        ReferenceBinding reference,
        TargetBinding target,
        List<String> rules,
        ElementType elementType,
        CodeShape shape,
        boolean vectors) {

    /** Simple names that generated classes use themselves. */
    private static final Set<String> TAKEN = Set.of(
            "ApiLevel",
            "Arguments",
            "Batch",
            "CompiledModel",
            "CompiledSession",
            "Double",
            "Float",
            "IOException",
            "IllegalStateException",
            "InputStream",
            "Integer",
            "Math",
            "ModelDescription",
            "Object",
            "Override",
            "Packing",
            "Path",
            "FloatVector",
            "IntVector",
            "References",
            "Session",
            "String",
            "System",
            "VectorMask",
            "VectorOperators",
            "VectorSpecies",
            "VectorSwitch",
            "Vectors",
            "WeightsReader");

    /** The longest name a class can say of itself, far below the longest string constant. */
    static final int LONGEST_NAME = 1_000;

    public ClassHeader {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(sourceFile, "sourceFile");
        Objects.requireNonNull(sourceDigest, "sourceDigest");
        Objects.requireNonNull(compilerVersion, "compilerVersion");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(point, "point");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(elementType, "elementType");
        Objects.requireNonNull(shape, "shape");
        rules = List.copyOf(rules);
        requireShort(model);
        requireShort(sourceFile);
        requireShort(point);
        if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException("'" + packageName + "' is no name of a Java package");
        }
        if (!SourceVersion.isIdentifier(className) || SourceVersion.isKeyword(className) || isTaken(className)) {
            throw new IllegalArgumentException("'" + className + "' cannot be the name of a generated class");
        }
    }

    /** A class name made from a model's name: {@code gata-cagatg} becomes {@code GataCagatg}. */
    public static String classNameFor(String modelName) {
        String name = Identifiers.camelCase(modelName);
        String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return isTaken(upper) || SourceVersion.isKeyword(upper) ? upper + "Model" : upper;
    }

    static void requireShort(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the name '" + name.substring(0, 40) + "...' has " + name.length()
                    + " characters; a class can hold names of at most " + LONGEST_NAME);
        }
    }

    private static boolean isTaken(String name) {
        return TAKEN.contains(name) || name.matches("Weights\\d*");
    }

    /** {@code package.Class}. */
    public String qualifiedName() {
        return packageName.isEmpty() ? className : packageName + "." + className;
    }
}
