package org.deepliftc.compiler.importer.keras.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model of Keras as its file has it.
 *
 * @param model the object with class name and configuration
 * @param version of Keras: 2 or 3
 */
public record KerasFile(Config model, int version, LayerWeights weights) {
    private static final String SAVE = "save the model with model.save('model.keras')";
    private static final int MOST_TEXT = 1 << 26;
    private static final int ZIP = 0x504B0304;
    private static final long HDF5 = 0x894844460D0A1A0AL;

    /** Opens an archive of Keras 3 or a legacy HDF5 file, whichever the first bytes say. */
    public static KerasFile read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new KerasFileException("the file has more than 2 GB", "export the model as ONNX");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            if (bytes.remaining() >= 8 && bytes.getLong(0) == HDF5) {
                return legacy(bytes);
            }
            if (bytes.remaining() >= 4 && bytes.getInt(0) == ZIP) {
                return archive(path);
            }
        }
        throw new KerasFileException(
                "the file is no model of Keras: it is neither a zip archive (.keras) nor HDF5 (.h5)", SAVE);
    }

    private static KerasFile legacy(ByteBuffer bytes) {
        Hdf root = Hdf.of(bytes);
        String config = root.text("model_config")
                .orElseThrow(() -> new KerasFileException(
                        "the file has weights at most, and no attribute model_config with the network", SAVE));
        if (config.length() > MOST_TEXT) {
            throw new KerasFileException("the configuration has more than 64 MB", SAVE);
        }
        Hdf weights = root.group("model_weights")
                .orElseThrow(() -> new KerasFileException("the file has no group model_weights", Hdf.REMEDY));
        String version = root.text("keras_version")
                .or(() -> weights.text("keras_version"))
                .orElse("2");
        return new KerasFile(ConfigReader.read(config), major(version), new LegacyWeights(weights));
    }

    private static KerasFile archive(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            String config = new String(entry(zip, "config.json", MOST_TEXT), StandardCharsets.UTF_8);
            int version = zip.getEntry("metadata.json") == null
                    ? 3
                    : major(ConfigReader.read(new String(entry(zip, "metadata.json", 1 << 20), StandardCharsets.UTF_8))
                            .text("keras_version", "3"));
            long limit = Math.min(Integer.MAX_VALUE - 64, (1L << 26) + 100 * Files.size(path));
            byte[] weights = entry(zip, "model.weights.h5", (int) limit);
            return new KerasFile(
                    ConfigReader.read(config), version, new ArchiveWeights(Hdf.of(ByteBuffer.wrap(weights))));
        } catch (ZipException e) {
            throw new KerasFileException(
                    "the archive cannot be read: " + e.getMessage(), "the file is damaged: copy or save it again", e);
        }
    }

    private static int major(String version) {
        return version.startsWith("1") || version.startsWith("2") ? 2 : 3;
    }

    /** Inflates an entry as long as it stays below a limit, whatever size it claims. */
    private static byte[] entry(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new KerasFileException("the archive has no " + name, SAVE);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new KerasFileException(name + " in the archive has more than " + most + " bytes", SAVE);
            }
            return bytes;
        }
    }
}
