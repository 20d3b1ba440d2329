package org.deepliftc.integration;

import static org.deepliftc.integration.HostileCase.args;
import static org.deepliftc.integration.HostileCase.request;
import static org.deepliftc.integration.HostileCase.usage;

import java.util.List;

/** Flags that make no sense, and outputs that cannot be written. */
final class HostileRequests {
    private HostileRequests() {}

    private static HostileCase wrong(String name, String[] args, String... mentions) {
        return request(name, Samples::write, args, mentions);
    }

    private static String[] writing(String out) {
        return args("explain", "@/tiny.dlift", "--input", "@/x.npz", "-o", out);
    }

    static List<HostileCase> wrongUsage() {
        return List.of(
                usage("no verb", args(), "verb"),
                usage("unknown verb", args("explane", "@/tiny.dlift"), "explane", "explain"),
                usage("import without a file to write", args("import", "@/tiny.dlift"), "-o"),
                usage("import into no .dlift", args("import", "@/tiny.dlift", "-o", HostileCase.OUT), ".dlift"),
                usage("batch axis that is none", args("check", "@/tiny.dlift", "--batch-axis", "first"), "first"),
                usage("shape without a name", args("check", "@/tiny.dlift", "--shape", "1,2"), "NAME"),
                usage("no model", args("check"), "MODEL"),
                usage("two models", args("check", "@/tiny.dlift", "@/dna.dlift"), "dna.dlift"),
                usage("unknown flag", args("check", "@/tiny.dlift", "--frob"), "--frob"),
                usage(
                        "misspelt flag",
                        args("explain", "@/tiny.dlift", "--inptu", "@/x.npz", "-o", "o.npz"),
                        "--inptu",
                        "--input"),
                usage("no input", args("explain", "@/tiny.dlift", "-o", HostileCase.OUT), "--input"),
                usage("no output", args("explain", "@/tiny.dlift", "--input", "@/x.npz"), "-o"),
                usage("target of letters", Samples.explain("--target", "first"), "first"),
                usage("negative target", Samples.explain("--target", "-1"), "--target"),
                usage("target left open by a bracket", Samples.explain("--target", "[1,"), "[1,"),
                usage("empty target", Samples.explain("--target", ""), "--target"),
                usage("empty point", Samples.explain("--at", ""), "--at"),
                usage("unknown method", Samples.explain("--method", "shap"), "shap", "deeplift"),
                usage("unknown rule", Samples.explain("--rule", "rescal"), "rescal", "rescale"),
                usage("unknown rule of a node", Samples.explain("--rule", "h=magic"), "magic"),
                usage("unknown max rule", Samples.explain("--max-rule", "loser"), "loser", "winner"),
                usage("sum of nothing", Samples.explain("--target", "1 +"), "1 +", "1 - 0"),
                usage("unknown softmax rule", Samples.explain("--softmax-rule", "fast"), "fast", "decomposed"),
                usage("unknown tool", Samples.explain("--like", "lime"), "lime", "captum"),
                usage("unknown softmax target", Samples.explain("--softmax", "hard"), "hard"),
                usage("unknown precision", Samples.explain("--precision", "half"), "half"),
                usage("unknown backend", Samples.explain("--backend", "gpu"), "gpu"),
                usage("steps of another method", Samples.explain("--steps", "10"), "--steps"),
                usage("epsilon of another method", Samples.explain("--lrp-epsilon", "1e-3"), "--lrp-epsilon"),
                usage("no threads", Samples.explain("--threads", "0"), "--threads"),
                usage("a million threads", Samples.explain("--threads", "1000000"), "--threads"),
                usage("threads of letters", Samples.explain("--threads", "all"), "--threads"),
                usage("no shuffles", Samples.explain("--reference", "shuffle:0"), "shuffle"),
                usage("shuffles of letters", Samples.explain("--reference", "shuffle:many"), "many"),
                usage("mean of no file", Samples.explain("--reference", "mean:"), "--reference"),
                usage(
                        "reference given twice",
                        Samples.explain("--reference", "zeros", "--reference", "@/ref.npz"),
                        "--reference"),
                usage("one-hot along the batch", Samples.explain("--onehot", "0"), "--onehot"),
                usage("one-hot along letters", Samples.explain("--onehot", "bases"), "--onehot"),
                usage("switch neither on nor off", Samples.explain("--onehot-normalise", "maybe"), "maybe"),
                usage("no sites", Samples.explain("--top", "0"), "--top"),
                usage("no window", Samples.explain("--window", "0"), "--window"),
                usage(
                        "package that is none",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--package", "a..b"),
                        "a..b"),
                usage(
                        "package with a keyword",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--package", "com.class"),
                        "com.class"),
                usage(
                        "class that is none",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--class-name", "1st"),
                        "1st"),
                usage(
                        "class that climbs out",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--class-name", "../X"),
                        "../X"),
                usage("batch of nothing", args("bench", "@/tiny.dlift", "--batch", "0"), "--batch"),
                usage("bench without time", args("bench", "@/tiny.dlift", "--seconds", "NaN"), "--seconds"),
                usage("bench of no references", args("bench", "@/tiny.dlift", "--references", "0"), "--references"),
                usage("help for an unknown verb", args("help", "nix"), "nix"));
    }

    static List<HostileCase> requests() {
        return List.of(
                wrong("target outside the output", Samples.explain("--target", "7"), "7"),
                wrong("one of several targets outside", Samples.explain("--target", "0,1,2"), "2"),
                wrong("target with too many axes", Samples.explain("--target", "[0,1]"), "[2]"),
                wrong("target left open", Samples.explain("--target", "any"), "--target"),
                wrong("target too large for an int", Samples.explain("--target", "2147483647"), "2147483647"),
                wrong("point that is no node", Samples.explain("--at", "nix"), "nix"),
                wrong("output that is none", Samples.explain("--output", "nix"), "nix"),
                wrong("rule of a node that is none", Samples.explain("--rule", "nix=rescale"), "nix"),
                wrong("one-hot axis outside the input", Samples.explain("--onehot", "2"), "--onehot"),
                wrong("backend this build has not", Samples.explain("--backend", "opencl"), "opencl"),
                usage("expected batch of none", Samples.explain("--expect-batch", "0"), "--expect-batch", "at least 1"),
                usage("unknown algorithm", Samples.explain("--winograd", "fft"), "fft", "auto, off"),
                wrong("output in no directory", writing("@/nix/out.npz"), "nix"),
                wrong("output that is a directory", writing("@."), "format"),
                request(
                        "output where a directory lies",
                        files -> {
                            Samples.write(files);
                            files.directory("o.npz");
                        },
                        writing("@/o.npz"),
                        "o.npz"),
                wrong("output below a file", writing("@/x.npz/out.npz"), "x.npz"),
                wrong("output of an unknown format", writing("@/out.xlsx"), "out.xlsx"),
                wrong("output without extension", writing("@/out"), ".npz"),
                wrong("report of another milestone", writing("@/out.html"), "HTML"),
                wrong("empty name of an output", writing(""), "empty"),
                wrong("output with a null character", writing("@/a\0b.npz"), "file name"),
                wrong("sites of a table", Samples.explain("--top", "2"), "--top"),
                wrong("drawing of an unknown format", args("graph", "@/tiny.dlift", "-o", "@/g.pdf"), "g.pdf"),
                wrong("classes into a file", args("compile", "@/tiny.dlift", "-d", "@/x.npz"), "x.npz"),
                wrong(
                        "verification without expected outputs",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--verify", "@/x.npz"),
                        "x.npz",
                        "'y'"),
                request(
                        "verification against other outputs",
                        files -> {
                            Samples.write(files);
                            java.util.Map<String, byte[]> arrays = new java.util.LinkedHashMap<>();
                            arrays.put("x", Workspace.npy(new float[] {1, 1}, 1, 2));
                            arrays.put("output", Workspace.npy(new float[] {3, 7}, 1, 2));
                            files.npz("s.npz", arrays);
                        },
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--verify", "@/s.npz"),
                        "s.npz",
                        "'y'"),
                wrong(
                        "verification by a file that is not there",
                        args("compile", "@/tiny.dlift", "-d", "@/gen", "--verify", "@/nix.npz"),
                        "nix.npz"),
                wrong("numbers into no directory", args("bench", "@/tiny.dlift", "--json", "@/nix/b.json"), "nix"));
    }
}
