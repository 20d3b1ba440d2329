package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.compiler.loop.Kind;

/** The constants a program reads: each content and order in memory once, whoever reads it. */
final class Constants {
    private record Key(ConstantData data, Optional<List<Integer>> packing) {}

    private final Map<Key, ConstantBuffer> known = new LinkedHashMap<>();

    Buffer buffer(Node node, Optional<List<Integer>> packing) {
        ConstantData data = node.constant();
        return known.computeIfAbsent(new Key(data, packing), key -> {
                    Kind kind = data.type() == ElementType.INDEX ? Kind.INT : Kind.REAL;
                    Buffer buffer = new Buffer(node.name(), kind, data.size(), Buffer.Place.CONSTANT);
                    return new ConstantBuffer(buffer, data, packing);
                })
                .buffer();
    }

    List<ConstantBuffer> all() {
        return new ArrayList<>(known.values());
    }
}
