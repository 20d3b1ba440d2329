package org.deepliftc.compiler.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepliftc.compiler.graph.ConstantData;

/** What a model was read from, in one number: the text of its files and the tensors it uses, wherever they lie. */
final class SourceDigest {
    private SourceDigest() {}

    static String of(List<String> texts, Map<WeightFiles.Stored, ConstantData> weights) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> update(sha, text));
            Map<String, String> sorted = new TreeMap<>();
            weights.forEach((tensor, data) -> sorted.put(tensor.name() + " in " + tensor.file(), data.digest()));
            sorted.forEach((name, digest) -> {
                update(sha, name);
                update(sha, digest);
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** With its length in front, so that no two lists of texts have the same bytes. */
    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
    }
}
