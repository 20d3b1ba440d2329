package org.deepliftc.compiler.importer.onnx;

import java.util.List;
import java.util.stream.Collectors;

/** Extents of the file as text. */
final class Dims {
    private Dims() {}

    /** {@code [N, 3, 224, 224]}: multiples of the stand-in for an open number of examples are written with an N. */
    static String text(List<Long> dims, long extent) {
        return dims.stream().map(dim -> text(dim, extent)).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(long dim, long extent) {
        if (!BatchAxes.isStandIn(extent) || dim == 0 || dim % extent != 0) {
            return String.valueOf(dim);
        }
        return dim == extent ? "N" : dim / extent + " N";
    }
}
