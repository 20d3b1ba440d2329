package org.deepliftc.integration;

import static org.deepliftc.integration.HostileCase.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models and weights that nothing can be made of. */
final class HostileModels {
    private static final String INPUT = "  input x: float[2]\n";
    private static final String DENSE = "  output y = dense(x, units = 1, weights = \"fc\")\n";

    private HostileModels() {}

    /** A model with an input and these statements. */
    private static String body(String... lines) {
        return "model M {\n" + INPUT + String.join("\n", lines) + "\n}\n";
    }

    /** A model whose only layer reads weights from {@code file}. */
    private static String reading(String file) {
        return "model M {\n" + INPUT + "  weights \"" + file + "\"\n" + DENSE + "}\n";
    }

    static List<HostileCase> syntax() {
        return List.of(
                model("empty file", "", "m.dlift"),
                model("blank file", " \n\t\n", "m.dlift"),
                model("only a comment", "// nothing\n", "m.dlift"),
                model("brace left open", "model M {\n  input x: float[2]\n", "m.dlift:"),
                model("brace too many", body("  output y = x") + "}\n", "m.dlift:5"),
                model("bracket left open", body("  output y = relu((x)"), "m.dlift:"),
                model("no name of the model", "model { }", "m.dlift:1"),
                model("text after the model", body("  output y = x") + "rubbish here\n", "m.dlift:"),
                model("stray character", body("  output y = relu($x)"), "m.dlift:3", "$"),
                model("string left open", body("  weights \"abc", "  output y = x"), "m.dlift:3"),
                model("comment left open", body("  output y = x /* and so on"), "m.dlift:3"),
                model("comment ends early", body("  output y = x */ 2"), "m.dlift:3"),
                model("operator without operand", body("  output y = x +"), "m.dlift:"),
                model("number too large", body("  output y = dense(x, units = 99999999999999999999)"), "m.dlift:3"),
                model("number out of range", body("  output y = x * 1e999"), "m.dlift:3"),
                model("unknown escape", body("  weights \"a\\qb.npz\"", "  output y = x"), "m.dlift:3"),
                model("no model at all", "function f(x) { return x }\n", "m.dlift"),
                model("two models", body("  output y = x") + body("  output y = x"), "m.dlift"),
                model(
                        "nesting of brackets",
                        body("  output y = " + "(".repeat(20000) + "x" + ")".repeat(20000)),
                        "m.dlift:3"),
                model(
                        "nesting of calls",
                        body("  output y = " + "relu(".repeat(5000) + "x" + ")".repeat(5000)),
                        "m.dlift:3"),
                model(
                        "nesting of lists",
                        body("  output y = x * " + "[".repeat(5000) + "1" + "]".repeat(5000)),
                        "m.dlift:3"),
                model("nesting of minus signs", body("  output y = " + "-".repeat(30000) + "x"), "m.dlift:3"),
                model(
                        "nesting of blocks",
                        "model M { " + "for i in 0..1 { ".repeat(3000) + "}".repeat(3001),
                        "m.dlift"),
                new HostileCase(
                        "binary garbage",
                        files -> files.bytes("m.dlift", garbage()),
                        HostileCase.args("check", "@/m.dlift"),
                        1,
                        new String[] {"m.dlift"}),
                new HostileCase(
                        "text that is not UTF-8",
                        files -> files.bytes("m.dlift", "model M\u00e4 {}".getBytes(StandardCharsets.ISO_8859_1)),
                        HostileCase.args("check", "@/m.dlift"),
                        1,
                        new String[] {"m.dlift"}),
                new HostileCase(
                        "directory for a model",
                        files -> files.directory("m.dlift"),
                        HostileCase.args("check", "@/m.dlift"),
                        1,
                        new String[] {"directory"}),
                new HostileCase(
                        "no such model", files -> {}, HostileCase.args("check", "@/nix.dlift"), 1, new String[] {
                            "nix.dlift"
                        }),
                new HostileCase(
                        "no ONNX file in truth",
                        files -> files.bytes("m.onnx", garbage()),
                        HostileCase.args("rules", "@/m.onnx"),
                        1,
                        new String[] {"m.onnx", "ONNX"}),
                new HostileCase(
                        "no Keras file in truth",
                        files -> files.bytes("m.keras", garbage()),
                        HostileCase.args("rules", "@/m.keras"),
                        1,
                        new String[] {"m.keras", "zip", "HDF5"}));
    }

    static List<HostileCase> meaning() {
        return List.of(
                model("unknown layer", body("  output y = denze(x, units = 1)"), "denze", "dense"),
                model("unknown name", body("  output y = relu(z)"), "m.dlift:3", "'z'"),
                model(
                        "unknown argument",
                        body("  output y = dense(x, unitz = 1, weight = [[1, 1]], bias = [0])"),
                        "unitz"),
                model("missing argument", body("  output y = dense(x)"), "m.dlift:3"),
                model("argument of the wrong kind", body("  output y = dense(x, units = \"one\")"), "m.dlift:3"),
                model(
                        "name defined twice",
                        body("  h = relu(x)", "  h = tanh(x)", "  output y = h"),
                        "'h'",
                        "m.dlift:4"),
                model("input defined twice", body("  input x: float[3]", "  output y = x"), "'x'"),
                model("no output", body("  h = relu(x)"), "output"),
                model("output of nothing", body("  output nix"), "nix"),
                model("name used before it is defined", body("  output y = h", "  h = relu(x)"), "'h'"),
                model("name defined by itself", body("  h = relu(h)", "  output y = h"), "'h'"),
                model("function that calls itself", "function f(a) { return f(a) }\n" + body("  output y = f(x)"), "f"),
                model(
                        "functions that call each other",
                        "function f(a) { return g(a) }\nfunction g(a) { return f(a) }\n" + body("  output y = f(x)"),
                        "m.dlift"),
                model(
                        "loop without end",
                        body("  for i in 0..2000000000 { h = relu(x) }", "  output y = x"),
                        "m.dlift:3"),
                model("shape of no elements", "model M { input x: float[0] output y = x }", "m.dlift:1"),
                model("negative extent", "model M { input x: float[-3] output y = x }", "m.dlift:1"),
                model(
                        "shape too large",
                        "model M { input x: float[2000000000, 2000000000] output y = x }",
                        "m.dlift:1"),
                model("unknown element type", "model M { input x: complex[2] output y = x }", "complex"),
                model("shapes that do not add", body("  input z: float[3]", "  output y = x + z"), "[2]", "[3]"),
                model(
                        "matrix product that does not fit",
                        body("  input z: float[3, 4]", "  output y = z @ z"),
                        "m.dlift:4"),
                model(
                        "convolution of a vector",
                        body("  output y = conv1d(x, filters = 1, width = 3, weights = \"c\")"),
                        "m.dlift:3"),
                model(
                        "window wider than the input",
                        "model M {\n  input x: float[1, 4]\n  output y = maxpool1d(x, width = 9)\n}\n",
                        "m.dlift:3"),
                model("reshape to another size", body("  output y = reshape(x, shape = [3])"), "m.dlift:3"),
                model("axis outside the shape", body("  output y = sum(x, axis = 5)"), "m.dlift:3"),
                model("index outside the shape", body("  output y = x[7]"), "m.dlift:3"),
                model(
                        "one-hot axis outside the shape",
                        "model M { input x: float[4, 8] onehot(axis = 3) output y = x }",
                        "m.dlift:1"),
                model(
                        "inline weight of another shape",
                        body("  output y = dense(x, units = 1, weight = [[1, 2, 3]], bias = [0])"),
                        "m.dlift:3"),
                model(
                        "ragged inline weight",
                        body("  output y = dense(x, units = 2, weight = [[1, 2], [3]], bias = [0, 0])"),
                        "m.dlift:3"),
                model("activation of two variables", "activation f(a) = a * b\n" + body("  output y = f(x)"), "b"),
                model("explanation of no output", body("  output y = x", "  explain nix { target 0 }"), "nix"),
                model("explanation at no node", body("  output y = x", "  explain y { at nix }"), "nix"),
                model("target outside the output", body("  output y = x", "  explain y { target 7 }"), "m.dlift"),
                model("unknown setting", body("  output y = x", "  explain y { tarket 0 }"), "tarket"),
                model("unknown rule", body("  output y = relu(x)", "  explain y { rule relu = rescal }"), "rescal"),
                model("reference of no input", body("  output y = x", "  explain y { reference z = zeros }"), "z"),
                model(
                        "zero shuffles",
                        body("  output y = x", "  explain y { reference x = shuffled(dinucleotide, 0) }"),
                        "m.dlift"));
    }

    static List<HostileCase> files() {
        return List.of(
                model("weights that are not there", reading("nix.safetensors"), "nix.safetensors", "m.dlift:3"),
                model("weights outside the folder", reading("../../etc/passwd.npz"), "../../etc/passwd.npz"),
                model("weights by an absolute path", reading("/etc/passwd"), "/etc/passwd"),
                model("weights in a folder", files -> files.directory("w.npz"), reading("w.npz"), "w.npz"),
                model("weights of no known format", files -> files.text("w.bin", "x"), reading("w.bin"), "w.bin"),
                model(
                        "import of what is not there",
                        "import \"nix.dlift\"\n" + body("  output y = x"),
                        "nix.dlift",
                        "m.dlift:1"),
                model("import outside the folder", "import \"../x.dlift\"\n" + body("  output y = x"), "../x.dlift"),
                model("import of itself", "import \"m.dlift\"\n" + body("  output y = x"), "m.dlift"),
                model(
                        "imports in a circle",
                        files -> files.text("a.dlift", "import \"b.dlift\"\n").text("b.dlift", "import \"a.dlift\"\n"),
                        "import \"a.dlift\"\n" + body("  output y = x"),
                        "a.dlift"),
                model(
                        "import of a directory",
                        files -> files.directory("d.dlift"),
                        "import \"d.dlift\"\n" + body("  output y = x"),
                        "d.dlift"),
                model(
                        "empty safetensors",
                        files -> files.bytes("w.safetensors", new byte[0]),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors of seven bytes",
                        files -> files.bytes("w.safetensors", new byte[7]),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors of garbage",
                        files -> files.bytes("w.safetensors", garbage()),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors header of 2^60 bytes",
                        files -> files.bytes("w.safetensors", new byte[] {0, 0, 0, 0, 0, 0, 0, 16, '{', '}'}),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors header cut off",
                        files -> files.safetensors("w.safetensors", "{\"fc.weight\":{\"dtype\"", new byte[0]),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors without the data",
                        tensor("[1,2]", "[0,8]", 4),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors with offsets outside",
                        tensor("[1,2]", "[9000000000000,9000000000008]", 8),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors with offsets backwards",
                        tensor("[1,2]", "[8,0]", 8),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors with a negative extent",
                        tensor("[-1,-2]", "[0,8]", 8),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors with a huge shape",
                        tensor("[2000000000,2000000000]", "[0,8]", 8),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "safetensors header nested without end",
                        files -> files.safetensors("w.safetensors", "{\"a\":" + "[".repeat(100000), new byte[0]),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model(
                        "weight of another name",
                        tensor("fd.weight", "F32", "[1,2]", "[0,8]", new byte[8]),
                        reading("w.safetensors"),
                        "fc.weight"),
                model(
                        "weight of another shape",
                        tensor("[1,3]", "[0,12]", 12),
                        reading("w.safetensors"),
                        "fc.weight",
                        "[1, 3]"),
                model("weight that is NaN", nan(), reading("w.safetensors"), "NaN"),
                model(
                        "weight of an unknown type",
                        tensor("fc.weight", "F8_X", "[1,2]", "[0,2]", new byte[2]),
                        reading("w.safetensors"),
                        "w.safetensors"),
                model("empty npz", files -> files.bytes("w.npz", new byte[0]), reading("w.npz"), "w.npz"),
                model("npz of garbage", files -> files.bytes("w.npz", garbage()), reading("w.npz"), "w.npz"),
                model(
                        "npz cut off",
                        files -> files.bytes("w.npz", Workspace.head(good(), good().length / 2)),
                        reading("w.npz"),
                        "w.npz"),
                model(
                        "npz with objects",
                        files -> files.npz(
                                "w.npz",
                                "fc.weight",
                                Workspace.npy(
                                        "{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", new byte[16])),
                        reading("w.npz"),
                        "w.npz"),
                model(
                        "npz with a shape of 2^60",
                        files -> files.npz(
                                "w.npz",
                                "fc.weight",
                                Workspace.npy(
                                        "{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976, 2), }",
                                        new byte[8])),
                        reading("w.npz"),
                        "w.npz"));
    }

    private static byte[] good() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("fc.weight", Workspace.npy(new float[] {1, 2}, 1, 2));
        arrays.put("fc.bias", Workspace.npy(new float[] {1}, 1));
        return Workspace.zip(arrays);
    }

    private static java.util.function.Consumer<Workspace> tensor(String shape, String offsets, int data) {
        return tensor("fc.weight", "F32", shape, offsets, new byte[data]);
    }

    /** A file with the weight in question and a sound bias. */
    private static java.util.function.Consumer<Workspace> tensor(
            String name, String type, String shape, String offsets, byte[] data) {
        return files -> {
            int end = data.length;
            byte[] all = java.util.Arrays.copyOf(data, end + 4);
            String header = "{\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":"
                    + offsets + "},\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + end + ","
                    + (end + 4) + "]}}";
            files.safetensors("w.safetensors", header, all);
        };
    }

    private static java.util.function.Consumer<Workspace> nan() {
        return tensor("fc.weight", "F32", "[1,2]", "[0,8]", new byte[] {0, 0, (byte) 0xc0, 0x7f, 0, 0, 0, 0});
    }

    static byte[] garbage() {
        byte[] garbage = new byte[4096];
        new java.util.Random(7).nextBytes(garbage);
        return garbage;
    }
}
