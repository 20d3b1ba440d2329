package org.deepliftc.data.sequence;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.deepliftc.data.DataFormatException;

/** Reads DNA sequences one after another from a FASTA file, plain or gzipped as its first bytes tell. */
public final class Fasta implements Closeable {
    private static final int LONGEST_HEADER = 1 << 16;
    /** So that four floats per base still have an int for their number. */
    static final int LONGEST_SEQUENCE = (1 << 29) - 1;

    private static final int END = -1;

    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long line = 1;
    private byte[] codes = new byte[1 << 12];

    private Fasta(Path file, InputStream in) {
        this.file = file.toString();
        this.in = in;
    }

    public static Fasta open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file.toString(), "", "it is a directory", "name a file");
        }
        try {
            return new Fasta(file, unpacked(file));
        } catch (NoSuchFileException e) {
            throw new DataFormatException(file.toString(), "", "there is no such file", "check the path");
        } catch (AccessDeniedException e) {
            throw new DataFormatException(file.toString(), "", "permission denied", "make the file readable");
        } catch (ZipException | EOFException e) {
            throw damaged(file.toString(), "", e);
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        boolean gzip;
        try (InputStream in = Files.newInputStream(file)) {
            gzip = Arrays.equals(in.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
        }
        InputStream raw = Files.newInputStream(file);
        if (!gzip) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The next sequence, or empty at the end of the file. */
    public Optional<FastaRecord> next() throws IOException {
        return next(LONGEST_SEQUENCE);
    }

    /**
     * The next sequence, refused as soon as it is longer than {@code longest}: a packed file can expand without end.
     */
    Optional<FastaRecord> next(int longest) throws IOException {
        skipBlankLines();
        if (peek() == END) {
            return Optional.empty();
        }
        if (peek() != '>') {
            throw error(
                    "line " + line,
                    "it does not start with '>' though no sequence has begun",
                    "start each record with >name");
        }
        long start = line;
        String header = header();
        int blank = firstBlank(header);
        String name = header.substring(0, blank);
        if (name.isEmpty()) {
            throw error("line " + start, "the sequence has no name", "write it right after the '>'");
        }
        int length = bases(name, longest);
        if (length == 0) {
            throw error("'" + name + "', line " + start, "the sequence is empty", "remove the record or fill it");
        }
        byte[] own = Arrays.copyOf(codes, length);
        int ambiguous = 0;
        for (byte code : own) {
            ambiguous += code == OneHot.ANY ? 1 : 0;
        }
        return Optional.of(new FastaRecord(name, header.substring(blank).strip(), start, own, ambiguous));
    }

    private static int firstBlank(String header) {
        int i = 0;
        while (i < header.length() && header.charAt(i) != ' ' && header.charAt(i) != '\t') {
            i++;
        }
        return i;
    }

    private String header() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        at++; // the '>'
        for (int c = peek(); c != END && c != '\n' && c != '\r'; c = peek()) {
            text.write(c);
            at++;
            if (text.size() > LONGEST_HEADER) {
                throw error("line " + line, "the name line is longer than " + LONGEST_HEADER + " bytes", "shorten it");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(text.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw error("line " + line, "the name is not UTF-8 text", "save the file as UTF-8");
        }
    }

    /** Reads codes up to the next record's '>' at the start of a line. */
    private int bases(String name, int longest) throws IOException {
        int length = 0;
        boolean lineStart = false;
        for (int c = peek(); c != END && !(lineStart && c == '>'); c = peek()) {
            if (c == '\n' || c == '\r') {
                endLine(c);
                lineStart = true;
                continue;
            }
            at++;
            lineStart = false;
            if (c == ' ' || c == '\t') {
                continue;
            }
            byte code = OneHot.codeOf(c);
            if (code == OneHot.NO_BASE) {
                throw noBase(name, c, length);
            }
            if (length == longest) {
                throw error(
                        "'" + name + "'",
                        "the sequence is longer than the " + longest + " bases it may have",
                        "cut it to that length");
            }
            if (length == codes.length) {
                codes = lengthened(length, longest, name);
            }
            codes[length++] = code;
        }
        return length;
    }

    private byte[] lengthened(int length, int longest, String name) throws DataFormatException {
        try {
            return Arrays.copyOf(codes, (int) Math.min(longest, 2L * length));
        } catch (OutOfMemoryError e) {
            throw error(
                    "'" + name + "'", "the sequence does not fit into memory", "raise the limit with -Xmx or split it");
        }
    }

    private DataFormatException noBase(String name, int c, int position) {
        String shown = c > ' ' && c < 127 ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c);
        return error(
                "'" + name + "', line " + line + ", position " + (position + 1),
                shown + " is no base",
                c == 'U' || c == 'u' ? "write RNA as DNA, T for U" : "use A, C, G, T, or N where a base is unknown");
    }

    private void skipBlankLines() throws IOException {
        for (int c = peek(); c == '\n' || c == '\r' || c == ' ' || c == '\t'; c = peek()) {
            if (c == '\n' || c == '\r') {
                endLine(c);
            } else {
                at++;
            }
        }
    }

    /** Steps over a line end: LF, CR LF, or CR alone. */
    private void endLine(int c) throws IOException {
        at++;
        if (c == '\r' && peek() == '\n') {
            at++;
        }
        line++;
    }

    private int peek() throws IOException {
        if (at == filled) {
            try {
                filled = Math.max(0, in.read(buffer));
            } catch (ZipException | EOFException e) {
                throw damaged(file, "line " + line, e);
            }
            at = 0;
            if (filled == 0) {
                return END;
            }
        }
        return buffer[at] & 0xff;
    }

    private static DataFormatException damaged(String file, String entry, Exception e) {
        return new DataFormatException(
                file, entry, "the gzip data are damaged or cut off: " + e.getMessage(), "copy the file again");
    }

    DataFormatException error(String entry, String problem, String remedy) {
        return new DataFormatException(file, entry, problem, remedy);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
