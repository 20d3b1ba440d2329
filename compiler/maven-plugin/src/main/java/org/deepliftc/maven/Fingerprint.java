package org.deepliftc.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;

/** Digests that say whether something has to be done again. */
final class Fingerprint {
    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    /** SHA-256 of bytes. */
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** SHA-256 of a file. */
    static String of(Path file) throws IOException {
        Fingerprint print = new Fingerprint();
        print.addFile(file);
        return print.hex();
    }

    /**
     * The digest of everything a class is made from: the plugin, what the model was read from, the options in a fixed
     * order, and the files its references are read from.
     */
    static String of(String pluginVersion, Model model, ModelTask task) throws IOException {
        Fingerprint print = new Fingerprint();
        print.add(pluginVersion);
        print.add(task.name());
        print.add(model.sourceDigest());
        CompileOptions options = task.options();
        ExplainOptions explain = options.explain();
        print.add(task.qualifiedName());
        print.add(options.precision() + " " + options.shape() + " " + options.hypothetical());
        print.add(options.backend() + " " + options.expectedBatch() + " " + options.winograd());
        // maps have no order of their own
        print.add(explain.toBuilder()
                .references(Map.of())
                .rules(Map.of())
                .onehot(Map.of())
                .build()
                .toString());
        print.add(new TreeMap<>(explain.rules()) + " " + new TreeMap<>(explain.onehot()));
        Map<String, Reference> references =
                new TreeMap<>(explain.orElse(model.explain()).references());
        for (Map.Entry<String, Reference> reference : references.entrySet()) {
            print.add(reference.getKey() + " " + reference.getValue());
            print.addReference(reference.getValue(), task.file());
        }
        return print.hex();
    }

    private void addReference(Reference reference, Path model) throws IOException {
        if (reference instanceof Reference.MeanOf mean) {
            addReferenceFile(mean.file(), model);
        } else if (reference instanceof Reference.Background background) {
            addReferenceFile(background.file(), model);
        } else if (reference instanceof Reference.Rows rows) {
            addReferenceFile(rows.file(), model);
        }
    }

    /** A missing file is the compiler's to complain about. */
    private void addReferenceFile(String file, Path model) throws IOException {
        Path path = model.resolveSibling(file);
        if (Files.isRegularFile(path)) {
            addFile(path);
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private void addFile(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
            }
        }
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every platform must have", e);
        }
    }
}
