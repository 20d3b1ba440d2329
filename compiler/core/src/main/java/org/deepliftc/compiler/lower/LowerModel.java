package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;

/** Lowers a model's forward graph and the joint graph of its explanation to one loop program. */
public final class LowerModel {
    /** A byte tells so many symbols apart, of which one is none. */
    private static final int MOST_SYMBOLS = 256;

    private final Model model;
    private final Graph forward;
    private final Graph joint;
    private final Request request;
    private final Constants constants = new Constants();
    private final List<Buffer> inputs = new ArrayList<>();
    private final List<Buffer> referenceInputs = new ArrayList<>();
    private final Buffer target = new Buffer("target", Kind.INT, 1, Buffer.Place.TARGET);
    private final Buffer point = new Buffer("point", Kind.INT, 1, Buffer.Place.STEP);
    private int points = 1;

    private LowerModel(Model model, Graph forward, Graph joint, Request request) {
        this.model = model;
        this.forward = forward;
        this.joint = joint;
        this.request = request;
        for (Model.InputDeclaration input : model.inputs()) {
            int size = input.shape().size();
            inputs.add(new Buffer(input.name(), Kind.REAL, size, Buffer.Place.INPUT));
            if (request.referencesGiven()) {
                referenceInputs.add(
                        new Buffer(input.name() + ".reference", Kind.REAL, size, Buffer.Place.REFERENCE_INPUT));
            }
        }
    }

    /**
     * What is bound when compiling and what is given with each call.
     *
     * @param referencesGiven whether the joint graph reads references
     * @param targetsGiven whether the caller chooses the targets
     * @param targets the flat target indices known when compiling
     * @param layers the names of the nodes whose contributions the joint graph has, in order
     * @param notes what to tell the reader of a node, by its name
     * @param tile the most rows that steps run over together
     * @param winograd the rows expected in a call, where convolutions may be computed by Winograd's forms
     * @param inFloat whether the program computes in float, with exponentials and the like written out
     */
    public record Request(
            boolean referencesGiven,
            boolean targetsGiven,
            List<Integer> targets,
            List<String> layers,
            Map<String, String> notes,
            int tile,
            Optional<Integer> winograd,
            boolean inFloat) {
        public Request {
            targets = List.copyOf(targets);
            layers = List.copyOf(layers);
            notes = Map.copyOf(notes);
        }
    }

    /**
     * Lowers a model.
     *
     * @param forward the optimised forward graph, its outputs those of the model
     * @param joint the optimised joint graph, its outputs by their {@link ResultNames}
     */
    public static LoopProgram run(Model model, Graph forward, Graph joint, Request request) {
        return new LowerModel(model, forward, joint, request).lower();
    }

    private LoopProgram lower() {
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        LowerGraph predict = new LowerGraph(forward, node -> Phase.PREDICT, Phase.PREDICT, leaves(forward), Map.of());
        steps.putAll(predict.run());
        Phases phases = new Phases(joint);
        LowerGraph explain = new LowerGraph(joint, phases::of, Phase.EXAMPLE, leaves(joint), request.notes());
        explain.run().forEach(steps::put);
        steps.put(Phase.LOAD, constants.loading());
        return new LoopProgram(
                ports(),
                referenceInputs,
                predictions(predict.results()),
                results(explain.results()),
                constants.all(),
                steps,
                MemoryPlan.of(steps),
                request.targets(),
                request.targetsGiven(),
                request.tile(),
                points);
    }

    private Operands leaves(Graph graph) {
        Operands operands = new Operands(
                constants,
                request.tile(),
                request.referencesGiven(),
                this::isOneHot,
                request.winograd(),
                request.inFloat());
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Input) {
                Op.Input leaf = (Op.Input) node.op();
                Buffer buffer = switch (leaf.role()) {
                    case ACTUAL -> inputs.get(leaf.index());
                    case REFERENCE -> referenceInputs.get(leaf.index());
                    case TARGET -> target;
                    case STEP -> point;
                    case CARRIED, SCANNED -> throw new IllegalStateException(node + " belongs to a recurrence");
                };
                if (leaf.role() == Op.Role.STEP) {
                    points = leaf.index();
                }
                operands.place(node, buffer, View.exact(node.shape()));
            }
        }
        return operands;
    }

    private boolean isOneHot(Node leaf) {
        Op.Input input = (Op.Input) leaf.op();
        if (input.role() != Op.Role.ACTUAL && input.role() != Op.Role.REFERENCE) {
            return false;
        }
        OptionalInt axis = model.inputs().get(input.index()).onehot();
        return axis.isPresent() && axis.getAsInt() == 0;
    }

    private List<LoopProgram.Port> ports() {
        List<LoopProgram.Port> ports = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            Model.InputDeclaration input = model.inputs().get(k);
            boolean codes =
                    input.onehot().equals(OptionalInt.of(0)) && input.shape().dim(0) < MOST_SYMBOLS;
            ports.add(new LoopProgram.Port(input.name(), input.shape(), inputs.get(k), codes));
        }
        return ports;
    }

    private List<LoopProgram.Port> predictions(Map<String, Buffer> buffers) {
        List<LoopProgram.Port> ports = new ArrayList<>();
        forward.outputs()
                .forEach((name, node) -> ports.add(new LoopProgram.Port(name, node.shape(), buffers.get(name))));
        return ports;
    }

    private LoopProgram.Results results(Map<String, Buffer> buffers) {
        return new LoopProgram.Results(
                perInput(ResultNames.CONTRIBUTIONS, buffers),
                perInput(ResultNames.MULTIPLIERS, buffers),
                perInput(ResultNames.HYPOTHETICAL, buffers),
                layers(buffers),
                buffers.get(ResultNames.OUTPUT),
                Optional.ofNullable(buffers.get(ResultNames.REFERENCE_OUTPUT)),
                Optional.ofNullable(buffers.get(ResultNames.CONVERGENCE_DELTA)));
    }

    private List<LoopProgram.Port> layers(Map<String, Buffer> buffers) {
        List<LoopProgram.Port> ports = new ArrayList<>();
        for (int k = 0; k < request.layers().size(); k++) {
            String role = ResultNames.LAYERS + k;
            ports.add(new LoopProgram.Port(
                    request.layers().get(k), joint.outputs().get(role).shape(), buffers.get(role)));
        }
        return ports;
    }

    private List<Buffer> perInput(String role, Map<String, Buffer> buffers) {
        List<Buffer> list = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            if (buffers.containsKey(role + k)) {
                list.add(buffers.get(role + k));
            }
        }
        return list;
    }
}
