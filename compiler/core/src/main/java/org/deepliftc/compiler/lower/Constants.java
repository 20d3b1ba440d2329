package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Packing;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;

/** The constants a program reads: each content and order in memory once, whoever reads it. */
final class Constants {
    private record Key(ConstantData data, Kind kind, Optional<Packing> packing) {}

    private final Map<Key, ConstantBuffer> known = new LinkedHashMap<>();

    Buffer buffer(Node node, Kind kind, Optional<Packing> packing) {
        ConstantData data = node.constant();
        return known.computeIfAbsent(new Key(data, kind, packing), key -> {
                    int size = packing.map(Packing::size).orElse(data.size());
                    return new ConstantBuffer(
                            new Buffer(node.name(), kind, size, Buffer.Place.CONSTANT), data, packing);
                })
                .buffer();
    }

    /** What is made when the class is loaded, and how. */
    record Derived(Buffer buffer, String name, List<Stmt> body) {}

    private final Map<Object, Derived> derived = new LinkedHashMap<>();

    /** The buffer of a key, made the first time it is asked for. */
    Buffer derived(Object key, Supplier<Derived> make) {
        Derived known = derived.get(key);
        if (known == null) {
            known = make.get();
            derived.put(key, known);
        }
        return known.buffer();
    }

    /** The steps that make everything derived. */
    List<Procedure> loading() {
        List<Procedure> steps = new ArrayList<>();
        for (Derived each : derived.values()) {
            Accesses accesses = Accesses.of(each.body);
            steps.add(new Procedure(
                    each.name, List.of(each.name), accesses.reads(), accesses.writes(), Optional.empty(), each.body));
        }
        return steps;
    }

    List<ConstantBuffer> all() {
        return new ArrayList<>(known.values());
    }
}
