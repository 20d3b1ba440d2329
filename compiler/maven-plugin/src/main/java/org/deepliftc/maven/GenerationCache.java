package org.deepliftc.maven;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the last build generated, kept in a text file: a line {@code class NAME KEY} for each class, followed by a line
 * {@code file DIGEST source|resource PATH} for each of its files. A file that cannot be read as such counts as none:
 * everything is generated again.
 */
final class GenerationCache {
    private static final String HEADER = "deepliftc generation cache 1";

    /** A generated file. */
    record Output(String digest, boolean resource, String path) {}

    /**
     * A generated class.
     *
     * @param key the digest of everything it was made from
     */
    record Entry(String key, List<Output> outputs) {
        Entry {
            outputs = List.copyOf(outputs);
        }
    }

    private final Map<String, Entry> entries = new TreeMap<>();

    static GenerationCache read(Path file) throws IOException {
        GenerationCache cache = new GenerationCache();
        if (!Files.isRegularFile(file)) {
            return cache;
        }
        try {
            return cache.parse(Files.readAllLines(file, StandardCharsets.UTF_8)) ? cache : new GenerationCache();
        } catch (CharacterCodingException e) {
            return new GenerationCache();
        }
    }

    Optional<Entry> entry(String className) {
        return Optional.ofNullable(entries.get(className));
    }

    void put(String className, Entry entry) {
        entries.put(className, entry);
    }

    /** The files of all classes. */
    List<Output> outputs() {
        return entries.values().stream()
                .flatMap(entry -> entry.outputs().stream())
                .toList();
    }

    /** The text of the file. */
    String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        entries.forEach((name, entry) -> {
            text.append("class ").append(name).append(' ').append(entry.key()).append('\n');
            for (Output output : entry.outputs()) {
                text.append("file ").append(output.digest());
                text.append(output.resource() ? " resource " : " source ")
                        .append(output.path())
                        .append('\n');
            }
        });
        return text.toString();
    }

    private boolean parse(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            return false;
        }
        String name = null;
        String key = null;
        List<Output> outputs = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 4);
            if (words[0].equals("class") && words.length == 3) {
                keep(name, key, outputs);
                name = words[1];
                key = words[2];
            } else if (words[0].equals("file") && words.length == 4 && name != null) {
                outputs.add(new Output(words[1], words[2].equals("resource"), words[3]));
            } else {
                return false;
            }
        }
        keep(name, key, outputs);
        return true;
    }

    private void keep(String name, String key, List<Output> outputs) {
        if (name != null) {
            entries.put(name, new Entry(key, outputs));
            outputs.clear();
        }
    }
}
