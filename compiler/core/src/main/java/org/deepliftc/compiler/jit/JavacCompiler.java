package org.deepliftc.compiler.jit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.runtime.CompiledModel;

/** Compiles with the JDK's own compiler, every warning an error: slower than Janino, and a second opinion. */
public final class JavacCompiler implements SourceCompiler {

    private static final String VECTOR_PACKAGE = "jdk.incubator.vector";

    /** Makes the compiler; it keeps no state. */
    JavacCompiler() {}

    /**
     * Compiles a generated class in this process and loads it with its weights.
     *
     * @throws GeneratedCodeException if the source does not compile without a warning: a defect of ours
     * @throws IllegalStateException if this Java has no compiler
     */
    public static CompiledModel load(GeneratedClass generated) {
        Map<String, byte[]> classFiles = new JavacCompiler().compile(generated.qualifiedName(), generated.source());
        return ModelLoading.open(ModelLoading.define(generated.qualifiedName(), classFiles), generated);
    }

    @Override
    public Map<String, byte[]> compile(String qualifiedName, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java runtime has no compiler; run on a JDK");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        boolean vectors = source.contains(VECTOR_PACKAGE);
        List<String> options = new ArrayList<>(List.of("-proc:none", "-g:source,lines", "-classpath", classPath()));
        // No release knows the incubator's module, whose notice javac counts as a warning.
        options.addAll(
                vectors
                        ? List.of(
                                "-source",
                                "17",
                                "-target",
                                "17",
                                "-Xlint:all,-options",
                                "--add-modules",
                                VECTOR_PACKAGE)
                        : List.of("--release", "17", "-Xlint:all", "-Werror"));
        StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, StandardCharsets.US_ASCII);
        Memory memory = new Memory(standard);
        boolean compiled = compiler.getTask(
                        null, memory, problems, options, null, List.of(new Source(qualifiedName, source)))
                .call();
        boolean clean = problems.getDiagnostics().stream()
                .allMatch(d -> vectors && d.getMessage(null).contains("incubating module"));
        if (!compiled || !clean) {
            throw failure(qualifiedName, source, problems);
        }
        Map<String, byte[]> classFiles = new HashMap<>();
        memory.outputs.forEach((name, bytes) -> classFiles.put(name, bytes.toByteArray()));
        return classFiles;
    }

    private static GeneratedCodeException failure(
            String qualifiedName, String source, DiagnosticCollector<JavaFileObject> problems) {
        Diagnostic<? extends JavaFileObject> first = problems.getDiagnostics().get(0);
        return GeneratedCodeException.at(
                qualifiedName, source, (int) first.getLineNumber(), first.getMessage(null), null);
    }

    /** Where the runtime's classes lie. */
    private static String classPath() {
        CodeSource place = CompiledModel.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(place.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the runtime's classes lie at no path: " + place, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String qualifiedName, String text) {
            super(URI.create("memory:///" + qualifiedName.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();

        Memory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("memory:///" + className.replace('.', '/') + ".class");
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    outputs.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
