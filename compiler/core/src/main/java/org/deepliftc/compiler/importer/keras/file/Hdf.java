package org.deepliftc.compiler.importer.keras.file;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A group of an HDF5 file. Whatever the reader throws at a damaged file becomes a message that names the place. */
final class Hdf {
    static final String REMEDY = "the file is damaged or incomplete: save or copy it again";

    private final Group group;
    private final String place;
    private final long fileBytes;

    private Hdf(Group group, String place, long fileBytes) {
        this.group = group;
        this.place = place;
        this.fileBytes = fileBytes;
    }

    /** The root of a file. */
    static Hdf of(ByteBuffer bytes) {
        long size = bytes.remaining();
        return new Hdf(guarded("/", () -> HdfFile.fromByteBuffer(bytes)), "", size);
    }

    /** Runs a step of the reader, which has no exception of its own for most damage. */
    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    static <T> T guarded(String place, Supplier<T> step) {
        try {
            return step.get();
        } catch (KerasFileException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            throw new KerasFileException(
                    "the HDF5 file cannot be read at '" + place + "'"
                            + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                    REMEDY,
                    e);
        }
    }

    private Optional<Node> node(String name) {
        return guarded(place, () -> {
            Node child = group.getChildren().get(name);
            if (child != null && child.isLink()) {
                throw new KerasFileException(
                        "'" + place + "/" + name + "' is a link, which models of Keras do not have",
                        "save the model again with Keras");
            }
            return Optional.ofNullable(child);
        });
    }

    /** The names of what is in the group, in the file's order. */
    List<String> names() {
        return guarded(place, () -> new ArrayList<>(group.getChildren().keySet()));
    }

    /** The group of that name, where there is one. */
    Optional<Hdf> group(String name) {
        return node(name)
                .filter(Group.class::isInstance)
                .map(child -> new Hdf((Group) child, place + "/" + name, fileBytes));
    }

    /** The group at the end of a path. */
    Optional<Hdf> path(List<String> names) {
        Optional<Hdf> at = Optional.of(this);
        for (String name : names) {
            at = at.flatMap(g -> g.group(name));
        }
        return at;
    }

    /** The array of that name, where there is one. */
    Optional<StoredArray> array(String name) {
        return node(name)
                .filter(Dataset.class::isInstance)
                .map(child -> new StoredArray((Dataset) child, place + "/" + name, fileBytes));
    }

    /** An attribute that is a text. */
    Optional<String> text(String attribute) {
        List<String> all = texts(attribute);
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** An attribute that is a list of texts; empty where there is none. */
    List<String> texts(String attribute) {
        return guarded(place, () -> {
            Attribute found = group.getAttributes().get(attribute);
            Object data = found == null || found.isEmpty() ? null : found.getData();
            if (data instanceof String text) {
                return List.of(text);
            }
            return data instanceof String[] texts ? List.of(texts) : List.<String>of();
        });
    }
}
