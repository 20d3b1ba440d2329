package org.deepliftc.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;

/**
 * Stands for the compiler where only files matter: a model's text becomes the class's text, a model that says
 * {@code weights} gets some, one that says {@code error} has a problem, and one that says {@code mean FILE} reads it.
 */
final class RecordingCompiler implements ModelCompiler {
    final List<String> compiled = new ArrayList<>();
    final List<String> sources = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();

    @Override
    public CheckedModel read(Path file, ImportOptions importing) {
        String text = text(file);
        if (text.contains("error")) {
            throw new DiagnosticException(Diagnostic.error(
                    "TEST001", new SourceSpan(file.getFileName().toString(), 1, 1, 1, 2), "wrong"));
        }
        ExplainOptions explain = ExplainOptions.NONE;
        if (text.startsWith("mean ")) {
            explain = explain.withReferences(Map.of("*", new Reference.MeanOf(text.substring(5))));
        }
        String digest = Fingerprint.of(text.getBytes(StandardCharsets.UTF_8));
        texts.put(digest, text);
        Model model = new Model("m", new Graph("m", List.of(), Map.of()), List.of(), explain, file.toString(), digest);
        return new CheckedModel(model, List.of());
    }

    @Override
    public CompiledClass compile(Model model, CompileOptions options) {
        String name = options.className().orElseThrow();
        compiled.add(name);
        sources.add(model.source());
        String text = texts.get(model.sourceDigest());
        byte[] weights = text.contains("weights") ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        List<Diagnostic> warnings = text.contains("odd")
                ? List.of(Diagnostic.warning("TEST002", SourceSpan.NONE, "this is odd"))
                : List.of();
        String comment = text.startsWith("comment") ? "" : text;
        return new CompiledClass(options.packageName(), name, "class " + name + " {} // " + comment, weights, warnings);
    }

    static Optional<String> textOf(Path file) {
        return Files.exists(file) ? Optional.of(text(file)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
