package org.deepliftc.compiler.importer.keras.file;

import io.jhdf.api.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** An array of an HDF5 file, as yet unread. */
public final class StoredArray {
    private final Dataset data;
    private final String place;
    private final long fileBytes;

    StoredArray(Dataset data, String place, long fileBytes) {
        this.data = data;
        this.place = place;
        this.fileBytes = fileBytes;
    }

    /** The path inside the file. */
    public String place() {
        return place;
    }

    /** The extents. */
    public List<Integer> dims() {
        return Hdf.guarded(
                place, () -> Arrays.stream(data.getDimensions()).boxed().collect(Collectors.toList()));
    }

    /** The values, row-major. */
    public double[] read() {
        long size = 1;
        for (int dim : dims()) {
            size = Math.multiplyExact(Math.min(size, 1L << 31), (long) Math.max(0, dim));
        }
        // deflate packs at most 1,032 to one
        if (size >= Integer.MAX_VALUE - 64 || size > 1100L * fileBytes) {
            throw new KerasFileException(
                    "'" + place + "' claims " + size + " values, far more than the file holds", Hdf.REMEDY);
        }
        int count = (int) size;
        double[] values = Hdf.guarded(place, () -> doubles(data.getDataFlat()));
        if (values.length != count) {
            throw new KerasFileException(
                    "'" + place + "' holds " + values.length + " values, not " + count, Hdf.REMEDY);
        }
        return values;
    }

    private double[] doubles(Object flat) {
        if (flat instanceof double[] values) {
            return values;
        }
        if (flat instanceof float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }
        if (flat instanceof int[] values) {
            return Arrays.stream(values).asDoubleStream().toArray();
        }
        if (flat instanceof long[] values) {
            return Arrays.stream(values).asDoubleStream().toArray();
        }
        if (flat instanceof Number value) {
            return new double[] {value.doubleValue()};
        }
        throw new KerasFileException(
                "'" + place + "' holds no numbers that are weights", "save the model with float32 weights");
    }
}
