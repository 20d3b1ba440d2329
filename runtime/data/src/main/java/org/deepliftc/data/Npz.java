package org.deepliftc.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A zip archive of npy arrays, as numpy.savez writes it: named arrays, stored or deflated. Entries that are no .npy
 * are ignored.
 */
public final class Npz implements Weights {
    /** Whether entries are packed when written. */
    public enum Compression {
        /** The same bytes on every machine. */
        STORED,
        /** Smaller and slower; the same bytes on every machine whose Java has the same zlib. */
        DEFLATED
    }

    private static final String SUFFIX = ".npy";
    /** Deflate cannot make anything more than 1,032 times smaller. */
    private static final long MAX_RATIO = 1032;
    // Not 1980-01-01: for that earliest date ZipOutputStream adds a second stamp, which depends on the time zone.
    private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private Npz(Path file, ZipFile zip, Map<String, ZipEntry> entries) {
        this.file = file;
        this.zip = zip;
        this.entries = entries;
    }

    /** Opens an archive and checks its table of contents; arrays are read when asked for. */
    public static Npz open(Path file) throws IOException {
        SourceFile.requireReadable(file);
        Origin origin = Origin.of(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw origin.error(
                    "it is no readable zip archive: " + why, "copy it, or save it with numpy.savez, again", e);
        }
        try {
            return new Npz(file, zip, contents(zip, origin));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Map<String, ZipEntry> contents(ZipFile zip, Origin origin) throws DataFormatException {
        Map<String, ZipEntry> result = new LinkedHashMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory() || !entry.getName().endsWith(SUFFIX)) {
                continue;
            }
            String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
            checkName(name, origin);
            if (result.put(name, entry) != null) {
                throw origin.entry(name)
                        .error("the archive holds this array twice", "save each array under a name of its own");
            }
        }
        return result;
    }

    /** Entries are never unpacked to files, yet a name that could climb out of a folder shall not travel on. */
    private static void checkName(String name, Origin origin) throws DataFormatException {
        boolean climbs = name.startsWith("/")
                || name.contains("\\")
                || List.of(name.split("/")).contains("..");
        if (name.isEmpty() || climbs || name.chars().anyMatch(Character::isISOControl)) {
            throw origin.entry(name).error("this is no name for an array", "use letters, digits, '.', '_' and '-'");
        }
    }

    /** Reads all arrays by name, in the file's order. */
    public static Map<String, DataArray> readAll(Path file) throws IOException {
        try (Npz npz = open(file)) {
            Map<String, DataArray> result = new LinkedHashMap<>();
            for (String name : npz.names()) {
                result.put(name, npz.read(name));
            }
            return result;
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    @Override
    public int[] shape(String name) throws IOException {
        return header(name).shape().clone();
    }

    @Override
    public DType type(String name) throws IOException {
        return header(name).type();
    }

    private NpyHeader header(String name) throws IOException {
        ZipEntry entry = entry(name);
        Origin origin = Origin.of(file).entry(name);
        try (InputStream in = zip.getInputStream(entry)) {
            return NpyHeader.read(in, origin);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(origin, e);
        }
    }

    @Override
    public DataArray read(String name) throws IOException {
        ZipEntry entry = entry(name);
        Origin origin = Origin.of(file).entry(name);
        CRC32 sum = new CRC32();
        DataArray result;
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
            result = Npy.read(in, available(entry), entry.getMethod() == ZipEntry.STORED, origin);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(origin, e);
        }
        if (entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
            throw origin.error("its checksum is wrong, the archive is damaged", "copy or save the file again");
        }
        return result;
    }

    /** What the entry can hold, judged by the bytes of the file and not by what the archive claims. */
    private long available(ZipEntry entry) throws IOException {
        long packed = Math.min(entry.getCompressedSize(), Files.size(file));
        long most = entry.getMethod() == ZipEntry.STORED ? packed : (packed + 1) * MAX_RATIO;
        return Math.min(entry.getSize(), most);
    }

    private ZipEntry entry(String name) throws DataFormatException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw NearestName.unknown(Origin.of(file), "array", name, entries.keySet());
        }
        return entry;
    }

    private static DataFormatException unreadable(Origin origin, Exception e) {
        String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
        return origin.error("it cannot be unpacked: " + why, "copy or save the file again", e);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Writes arrays without packing them, sorted by name: the same arrays give the same bytes. */
    public static void write(Path file, Map<String, DataArray> arrays) throws IOException {
        write(file, arrays, Compression.STORED);
    }

    /** Writes arrays sorted by name: the same arrays give the same bytes. */
    public static void write(Path file, Map<String, DataArray> arrays, Compression compression) throws IOException {
        for (String name : arrays.keySet()) {
            checkName(name, Origin.of(file));
        }
        AtomicFiles.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            for (Map.Entry<String, DataArray> array : new ArrayList<>(new TreeMap<>(arrays).entrySet())) {
                writeEntry(zip, array.getKey(), array.getValue(), compression);
            }
            zip.finish();
        });
    }

    private static void writeEntry(ZipOutputStream zip, String name, DataArray array, Compression compression)
            throws IOException {
        ZipEntry entry = new ZipEntry(name + SUFFIX);
        entry.setTimeLocal(WRITTEN);
        if (compression == Compression.STORED) {
            CRC32 sum = new CRC32();
            Npy.write(new CheckedOutputStream(OutputStream.nullOutputStream(), sum), array);
            entry.setMethod(ZipEntry.STORED);
            entry.setCrc(sum.getValue());
            entry.setSize(NpyHeader.bytesFor(array.type(), array.shape()).length
                    + (long) array.size() * array.type().bytes());
        }
        zip.putNextEntry(entry);
        Npy.write(zip, array);
        zip.closeEntry();
    }
}
