package org.deepliftc.cli.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.terminal.UserError;

/** A file a verb was asked to write, and its format by extension. */
public record OutputFile(Path path, Format format) {

    /** The formats of output files. */
    public enum Format {
        NPZ,
        CSV,
        SVG,
        PNG,
        DOT,
        JSON;

        /** The extension with its dot. */
        String extension() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is drawn. */
        public boolean isPicture() {
            return this == SVG || this == PNG;
        }
    }

    /**
     * The output at {@code text}, which has to be writable now.
     *
     * @param formats those the verb can write
     * @throws UserError if the extension is none of theirs, or the file could not be written
     */
    public static OutputFile of(String text, Format... formats) {
        Path path = FilePath.of(text);
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        EnumSet<Format> known = EnumSet.noneOf(Format.class);
        known.addAll(Arrays.asList(formats));
        for (Format format : known) {
            if (name.endsWith(format.extension())) {
                requireWritable(path);
                return new OutputFile(path, format);
            }
        }
        String extensions = known.stream().map(Format::extension).collect(Collectors.joining(", "));
        if (name.endsWith(".html")) {
            throw new UserError(
                    "-o " + text + ": this build writes no HTML reports; let the name end in one of " + extensions);
        }
        throw new UserError(
                "-o " + text + ": cannot tell the format from the name; let it end in one of " + extensions);
    }

    /** Finds out before the long work whether the file can be written after it. */
    public static void requireWritable(Path path) {
        if (Files.isDirectory(path)) {
            throw new UserError("cannot write " + path + ": it is a directory; name a file in it");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new UserError("cannot write " + path + ": there is no directory " + directory + "; make it first");
        }
        if (!Files.isWritable(directory)) {
            throw new UserError("cannot write " + path + ": no permission for directory " + directory);
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new UserError("cannot write " + path + ": the file is there and write-protected");
        }
    }
}
