package org.deepliftc.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads and writes tables of numbers as comma-, tab- or semicolon-separated text in UTF-8. */
public final class Csv {
    /** Whether the first row holds column names. */
    public enum Header {
        /** It does when any of its fields is no number. */
        DETECT,
        PRESENT,
        ABSENT
    }

    private static final int LONGEST_FIELD = 1 << 20;

    private Csv() {}

    /** Reads a table of float64, telling by its first row whether it has a header. */
    public static CsvTable read(Path file) throws IOException {
        return read(file, Header.DETECT);
    }

    /**
     * Reads a table of float64. The first column holds row names when its first entry below the header is no number, or when
     * it alone has no name in the header. The separator is the one of comma, tab and semicolon that the first line has most of;
     * with semicolons 1,5 is a number. A missing value is NaN. Files whose name ends with .gz are unpacked.
     *
     * @throws DataFormatException naming line, column and the offending text
     */
    public static CsvTable read(Path file, Header header) throws IOException {
        Origin origin = Origin.of(file);
        try (FileChannel channel = SourceFile.open(file);
                BufferedReader text = new BufferedReader(
                        new InputStreamReader(unpacked(file, channel), StandardCharsets.UTF_8.newDecoder()), 1 << 16)) {
            char separator = separator(text);
            CsvRows rows = new CsvRows(header, origin, separator == ';');
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .maxBufferSize(LONGEST_FIELD)
                    .ofCsvRecord(text)) {
                for (CsvRecord row : reader) {
                    rows.add(row);
                }
            }
            return rows.table();
        } catch (CharacterCodingException e) {
            throw notUtf8(origin, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8(origin, e) : e.getCause();
        } catch (CsvParseException e) {
            throw malformed(origin, e);
        } catch (OutOfMemoryError e) {
            throw origin.error("its rows do not fit into memory", "raise the limit with -Xmx or split the file");
        }
    }

    private static InputStream unpacked(Path file, FileChannel channel) throws IOException {
        InputStream bytes = Channels.newInputStream(channel);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private static DataFormatException notUtf8(Origin origin, Exception e) {
        return origin.error("it is not UTF-8 text", "save it as UTF-8", e);
    }

    private static DataFormatException malformed(Origin origin, CsvParseException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CharacterCodingException) {
            return notUtf8(origin, e);
        }
        String why = cause == e ? e.getMessage() : e.getMessage() + " (" + cause.getMessage() + ")";
        return origin.error("it is no table: " + why, "check the quotes and line ends there", e);
    }

    /** Looks at the first line without taking it, and steps over a byte order mark. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        int[] seen = new int[128];
        text.mark(1 << 16);
        for (int i = 0; i < 1 << 16; i++) {
            int c = text.read();
            if (c < 0 || c == '\n' || c == '\r') {
                break;
            }
            if (c < 128) {
                seen[c]++;
            }
        }
        text.reset();
        char most = ',';
        for (char candidate : new char[] {'\t', ';'}) {
            most = seen[candidate] > seen[most] ? candidate : most;
        }
        return most;
    }

    /** Writes a table; every float reads back as the same float. Floats of a float32 table are written as float32. */
    public static void write(Path file, CsvTable table) throws IOException {
        DataArray values = table.values();
        AtomicFiles.write(file, out -> {
            CsvWriter writer = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            boolean named = !table.rowNames().isEmpty();
            if (!table.columns().isEmpty()) {
                List<String> head = new ArrayList<>();
                if (named) {
                    head.add("name");
                }
                head.addAll(table.columns());
                writer.writeRecord(head);
            }
            List<String> row = new ArrayList<>();
            int columns = values.dimension(1);
            for (int i = 0; i < values.rows(); i++) {
                row.clear();
                if (named) {
                    row.add(table.rowNames().get(i));
                }
                for (int j = 0; j < columns; j++) {
                    row.add(text(values, i * columns + j));
                }
                writer.writeRecord(row);
            }
            writer.flush();
        });
    }

    private static String text(DataArray values, int index) {
        return switch (values.type().storage()) {
            case DOUBLES -> Double.toString(values.get(index));
            case FLOATS -> Float.toString((float) values.get(index));
            case BYTES, INTS -> Integer.toString((int) values.get(index));
            case LONGS -> Long.toString(((long[]) values.values())[index]);
        };
    }
}
