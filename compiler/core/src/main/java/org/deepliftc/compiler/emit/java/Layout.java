package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Buffer.Place;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** Where everything of a program lies in the generated class, and what it is called there. */
final class Layout {

    /** An array of the memory plan; one number may stand for an array of each kind. */
    record Slot(int number, Kind kind) {
        String name() {
            return kind == Kind.INT ? "indexSlot" + number : "slot" + number;
        }
    }

    private static final int CONSTANTS_OF_CLASS = 150;

    final LoopProgram program;
    final ClassHeader header;
    final ElementType type;

    /** Names of fields of the session: inputs, references, results and accumulators. */
    final Map<Buffer, String> sessionFields = new LinkedHashMap<>();

    /** Names of fields of the references: their inputs and states. */
    final Map<Buffer, String> referenceFields = new LinkedHashMap<>();

    /** The constants in groups, each a class; in a group, those of the same content together. */
    final List<List<List<ConstantBuffer>>> weights = new ArrayList<>();

    /** What is made from constants when the class is loaded. */
    final List<Buffer> derived = new ArrayList<>();

    /** Names of the class of derived constants. */
    final Identifiers derivedNames = new Identifiers();

    private final Map<Buffer, String> constantNames = new LinkedHashMap<>();
    private final Map<Buffer, Integer> constantGroup = new LinkedHashMap<>();
    final Identifiers sessionNames = new Identifiers();

    /** The procedures in vector code; empty where there is none. */
    final Map<Phase, List<Procedure>> vectors;

    /** The methods of the class of vector code, printed as they are met. */
    final ProcedureMethods vectorMethods;

    Layout(LoopProgram program, Map<Phase, List<Procedure>> vectors, ClassHeader header) {
        this.program = program;
        this.vectors = vectors;
        this.vectorMethods = new ProcedureMethods(header.elementType(), new Identifiers());
        this.header = header;
        this.type = header.elementType();
        nameConstants();
        nameFields();
    }

    private void nameConstants() {
        Identifiers names = new Identifiers();
        Map<ConstantData, List<ConstantBuffer>> byData = new LinkedHashMap<>();
        for (ConstantBuffer constant : program.constants()) {
            byData.computeIfAbsent(constant.data(), d -> new ArrayList<>()).add(constant);
        }
        for (List<ConstantBuffer> sameData : byData.values()) {
            if (weights.isEmpty() || constantsOf(weights.size()) + sameData.size() > CONSTANTS_OF_CLASS) {
                weights.add(new ArrayList<>());
                names = new Identifiers().reserve("in");
            }
            weights.get(weights.size() - 1).add(sameData);
            for (ConstantBuffer constant : sameData) {
                name(constant.buffer(), names, weights.size());
            }
        }
        for (Procedure step : program.steps(Phase.LOAD)) {
            for (Buffer buffer : step.writes()) {
                if (!constantNames.containsKey(buffer)) {
                    derived.add(buffer);
                    name(buffer, derivedNames, weights.size() + 1);
                }
            }
        }
    }

    private void name(Buffer constant, Identifiers names, int group) {
        constantNames.put(constant, names.allocate(constant.name()));
        constantGroup.put(constant, group);
    }

    private int constantsOf(int group) {
        return weights.get(group - 1).stream().mapToInt(List::size).sum();
    }

    /** Classes of constants: those read from the file, and one of those derived from them, if there are any. */
    int groups() {
        return weights.size() + (derived.isEmpty() ? 0 : 1);
    }

    private void nameFields() {
        sessionNames.reserve(
                "references",
                "own",
                "active",
                "targets",
                "oneTarget",
                "referenceCount",
                "row",
                "first",
                "count",
                "batch",
                "target",
                "slot",
                "reference",
                "always",
                "vectors",
                "one",
                "VECTORS",
                VectorsClass.NAME,
                "exampleStep",
                "referenceStep",
                "stateStep",
                "pairs",
                "step",
                "at",
                "rows",
                "i",
                "workspace");
        for (int group = 1; group <= groups(); group++) {
            sessionNames.reserve(constantsField(group));
        }
        slots(true).keySet().forEach(slot -> sessionNames.reserve(slot.name()));
        for (LoopProgram.Port port : program.inputs()) {
            name(port.buffer(), port.name());
        }
        for (int i = 0; i < program.referenceInputs().size(); i++) {
            name(
                    program.referenceInputs().get(i),
                    program.inputs().get(i).name().concat("Reference"));
        }
        for (Place place : List.of(Place.RESULT, Place.ACCUMULATOR)) {
            buffers(place).forEach(buffer -> name(buffer, buffer.name()));
        }
        Identifiers names = new Identifiers().reserve("count", "reference", "weights", "at", "rows", "step", "vectors");
        for (int group = 1; group <= groups(); group++) {
            names.reserve(constantsField(group));
        }
        slots(false).keySet().forEach(slot -> names.reserve(slot.name()));
        for (Buffer buffer : program.referenceInputs()) {
            referenceFields.put(buffer, names.allocate(buffer.name()));
            names.reserve(referenceFields.get(buffer).concat("At"));
        }
        buffers(Place.STATE).forEach(buffer -> referenceFields.put(buffer, names.allocate(buffer.name())));
    }

    private void name(Buffer buffer, String proposal) {
        if (!sessionFields.containsKey(buffer)) {
            sessionFields.put(buffer, sessionNames.allocate(proposal));
            sessionNames.reserve(
                    sessionFields.get(buffer).concat("At"),
                    sessionFields.get(buffer).concat("First"),
                    sessionFields.get(buffer).concat("Codes"),
                    sessionFields.get(buffer).concat("Columns"));
        }
    }

    /** The buffers of a place that any step touches or any result names, in order of first use. */
    Set<Buffer> buffers(Place place) {
        Set<Buffer> all = new LinkedHashSet<>();
        for (Phase phase : Phase.values()) {
            program.steps(phase).forEach(p -> all.addAll(ProcedurePrinter.buffers(p)));
        }
        program.predictions().forEach(port -> all.add(port.buffer()));
        all.addAll(results());
        return all.stream().filter(b -> b.place() == place).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The buffers of the explanation's results. */
    private List<Buffer> results() {
        LoopProgram.Results results = program.results();
        List<Buffer> all = new ArrayList<>(results.contributions());
        all.addAll(results.multipliers());
        all.addAll(results.hypothetical());
        results.layers().forEach(layer -> all.add(layer.buffer()));
        all.add(results.output());
        results.referenceOutput().ifPresent(all::add);
        results.convergenceDelta().ifPresent(all::add);
        return all;
    }

    /** The arrays of the memory plan and their lengths: those of a session, or those of computing a reference. */
    Map<Slot, Integer> slots(boolean session) {
        Map<Slot, Integer> sizes = new java.util.TreeMap<>(
                java.util.Comparator.comparing(Slot::number).thenComparing(Slot::kind));
        for (Phase phase : Phase.values()) {
            if (phase != Phase.LOAD && session == (phase != Phase.REFERENCE)) {
                for (Procedure procedure : program.steps(phase)) {
                    for (Buffer buffer : ProcedurePrinter.buffers(procedure)) {
                        if (buffer.isPlanned()) {
                            sizes.merge(slot(buffer), arraySize(buffer, 1), Math::max);
                        }
                    }
                }
            }
        }
        return sizes;
    }

    /** Elements of the array that holds {@code slots} times the rows of a tile of a buffer. */
    int arraySize(Buffer buffer, int slots) {
        long size = (long) buffer.size() * (buffer.hasRows() ? tile() : 1) * slots + slack();
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the array of " + buffer + " would have " + size + " elements");
        }
        return (int) size;
    }

    /** Elements that arrays have beyond what they hold, for vectors that reach over the end. */
    int slack() {
        return isVectorised() ? LoopProgram.SLACK : 0;
    }

    /** The most rows that steps run over together. */
    int tile() {
        return program.tile();
    }

    /** True where steps take the number of rows. */
    boolean hasRows() {
        return tile() > 1;
    }

    /** True where the class has vector code beside its scalar code. */
    boolean isVectorised() {
        return !vectors.isEmpty();
    }

    String backend() {
        return isVectorised() ? "vector" : "scalar";
    }

    Slot slot(Buffer buffer) {
        Integer number = program.slots().get(buffer);
        if (number == null) {
            throw new IllegalArgumentException("the memory plan has no place for workspace buffer " + buffer);
        }
        return new Slot(number, buffer.kind());
    }

    /** How an input, or its references, may be given as codes; empty where they may not. */
    Optional<CodedInput> coded(int input, boolean reference) {
        LoopProgram.Port port = program.inputs().get(input);
        Buffer buffer = reference ? program.referenceInputs().get(input) : port.buffer();
        return port.codes() ? Optional.of(new CodedInput(this, port, sessionFields.get(buffer))) : Optional.empty();
    }

    /** The fields of inputs, or of references, that may be given as codes. */
    List<CodedInput> coded(boolean reference) {
        return IntStream.range(0, reference ? program.referenceInputs().size() : inputs())
                .mapToObj(i -> coded(i, reference))
                .flatMap(Optional::stream)
                .toList();
    }

    /** True where references are given when the class is used. */
    boolean hasReferences() {
        return !program.referenceInputs().isEmpty();
    }

    /** True where what belongs to a pair is done at several points of a path. */
    boolean hasPath() {
        return program.points() > 1;
    }

    /** True where the references of one example run abreast; not along a path, for its sums keep one order. */
    boolean referencesAbreast() {
        return hasRows() && !hasPath();
    }

    /** True where a call may explain several targets. */
    boolean hasTargets() {
        return program.targetsGiven() || program.targets().size() > 1;
    }

    /** True where a reference's own inputs are read again with each example. */
    boolean keepsReferenceInput(Buffer buffer) {
        return List.of(Phase.PAIR, Phase.PAIR_TARGET).stream()
                .flatMap(phase -> program.steps(phase).stream())
                .anyMatch(p -> p.reads().contains(buffer));
    }

    /** How the constant is reached in a class that has the fields {@code weights}, {@code weights2}, ... */
    CodeBlock constant(Buffer buffer) {
        return CodeBlock.of("$L.$L", constantsField(constantGroup.get(buffer)), constantNames.get(buffer));
    }

    String constantName(Buffer buffer) {
        return constantNames.get(buffer);
    }

    /** The constants of the file, in its order: each content once. */
    List<ConstantBuffer> stored() {
        return weights.stream().flatMap(List::stream).map(same -> same.get(0)).toList();
    }

    String constantsField(int group) {
        return group > weights.size() ? "derived" : weightsField(group);
    }

    static String weightsField(int group) {
        return group == 1 ? "weights" : "weights" + group;
    }

    static String weightsClass(int group) {
        return group == 1 ? "Weights" : "Weights" + group;
    }

    Class<?> array() {
        return JavaTypes.array(Kind.REAL, type);
    }

    /** {@code name} in {@code Arguments} for the program's precision: {@code floats} or {@code doubles}. */
    String checked() {
        return type == ElementType.FLOAT ? "floats" : "doubles";
    }

    int inputs() {
        return program.inputs().size();
    }

    /** How many targets a call explains; 0 where it says itself. */
    int targetCount() {
        return program.targetsGiven() ? 0 : Math.max(1, program.targets().size());
    }

    /** Bytes of the arrays of one session, for one target and a tile of references. */
    long workspaceBytes() {
        long bytes = 0;
        for (Map.Entry<Slot, Integer> slot : slots(true).entrySet()) {
            bytes += (long) slot.getValue() * JavaTypes.bytes(slot.getKey().kind(), type);
        }
        for (Map.Entry<Slot, Integer> slot : slots(false).entrySet()) {
            bytes += (long) slot.getValue() * JavaTypes.bytes(slot.getKey().kind(), type);
        }
        for (Buffer buffer : buffers(Place.RESULT)) {
            bytes += (long) arraySize(buffer, 1) * JavaTypes.bytes(buffer.kind(), type);
        }
        for (Buffer buffer : buffers(Place.STATE)) {
            bytes += (long) arraySize(buffer, 1) * JavaTypes.bytes(buffer.kind(), type);
        }
        for (Buffer buffer : buffers(Place.ACCUMULATOR)) {
            bytes += (long) arraySize(buffer, Math.max(1, targetCount())) * JavaTypes.bytes(buffer.kind(), type);
        }
        return bytes;
    }
}
