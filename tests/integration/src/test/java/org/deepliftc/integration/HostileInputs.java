package org.deepliftc.integration;

import static org.deepliftc.integration.HostileCase.args;
import static org.deepliftc.integration.HostileCase.request;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Inputs and references that do not fit a sound model. */
final class HostileInputs {
    private HostileInputs() {}

    /** An explanation of the tiny model on {@code file}, which {@code prepare} writes. */
    private static HostileCase input(String name, String file, Consumer<Workspace> prepare, String... mentions) {
        Consumer<Workspace> all = files -> {
            Samples.write(files);
            prepare.accept(files);
        };
        return request(name, all, Samples.explainInput("@/" + file), with(file, mentions));
    }

    private static HostileCase reference(String name, String flag, Consumer<Workspace> prepare, String... mentions) {
        Consumer<Workspace> all = files -> {
            Samples.write(files);
            prepare.accept(files);
        };
        return request(name, all, Samples.explain("--reference", flag), mentions);
    }

    private static HostileCase sequence(String name, String text, String... mentions) {
        return request(
                name,
                files -> {
                    Samples.write(files);
                    files.text("s.fa", text);
                },
                args("explain", "@/dna.dlift", "--input", "@/s.fa", "-o", HostileCase.OUT),
                with("s.fa", mentions));
    }

    private static String[] with(String first, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    private static Consumer<Workspace> npz(float[] values, int... shape) {
        return files -> files.npz("i.npz", "x", Workspace.npy(values, shape));
    }

    private static Consumer<Workspace> npy(String header, int bytes) {
        return files -> files.bytes("i.npy", Workspace.npy(header, new byte[bytes]));
    }

    static List<HostileCase> arrays() {
        return List.of(
                input("input that is not there", "nix.npz", files -> {}),
                input("input that is a directory", "i.npz", files -> files.directory("i.npz")),
                input("input of no known format", "i.bin", files -> files.text("i.bin", "x")),
                input("input without extension", "i", files -> files.text("i", "x")),
                input("empty npz", "i.npz", files -> files.bytes("i.npz", new byte[0])),
                input("npz without arrays", "i.npz", files -> files.npz("i.npz", Map.of())),
                input("npz of garbage", "i.npz", files -> files.bytes("i.npz", HostileModels.garbage())),
                input(
                        "npz cut off",
                        "i.npz",
                        files -> files.bytes("i.npz", Workspace.head(Workspace.zip(two("x", "z")), 200))),
                input("text called npz", "i.npz", files -> files.text("i.npz", "1,2\n3,4\n")),
                input("npz with other arrays only", "i.npz", files -> files.npz("i.npz", two("p", "q")), "'x'"),
                input("examples of another shape", "i.npz", npz(new float[6], 2, 3), "[2, 3]", "[examples, 2]"),
                input("one example without its axis", "i.npz", npz(new float[2], 2), "[examples, 2]", "[1, 2]"),
                input("an axis too many", "i.npz", npz(new float[4], 1, 2, 2), "[1, 2, 2]"),
                input("no examples", "i.npz", npz(new float[0], 0, 2), "no examples"),
                input("a number without axes", "i.npz", npz(new float[1]), "[]"),
                input("NaN among the inputs", "i.npz", npz(new float[] {1, 2, Float.NaN, 4}, 2, 2), "NaN", "[1, 0]"),
                input(
                        "an infinity among the inputs",
                        "i.npz",
                        npz(new float[] {1, Float.NEGATIVE_INFINITY}, 1, 2),
                        "infinity"),
                input("empty npy", "i.npy", files -> files.bytes("i.npy", new byte[0])),
                input("npy of garbage", "i.npy", files -> files.bytes("i.npy", HostileModels.garbage())),
                input(
                        "npy without its data",
                        "i.npy",
                        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", 8)),
                input(
                        "npy with too much data",
                        "i.npy",
                        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", 80)),
                input(
                        "npy that claims 2^62 rows",
                        "i.npy",
                        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 2), }", 8)),
                input(
                        "npy that claims 4 GiB",
                        "i.npy",
                        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (536870912, 2), }", 8)),
                input(
                        "npy with a negative extent",
                        "i.npy",
                        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2), }", 8)),
                input("npy of text", "i.npy", npy("{'descr': '<U5', 'fortran_order': False, 'shape': (1, 2), }", 40)),
                input("npy of objects", "i.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", 16)),
                input("npy with a broken header", "i.npy", npy("{'descr': '<f4', 'fortran", 8)),
                input("npy with a nested header", "i.npy", npy("(".repeat(20000), 8)),
                input(
                        "npz entry that is no npy",
                        "i.npz",
                        files -> files.npz("i.npz", "x", "hello".getBytes(StandardCharsets.UTF_8))),
                input(
                        "npz that climbs out",
                        "i.npz",
                        files -> files.npz("i.npz", "../../x", Workspace.npy(new float[2], 1, 2))),
                input(
                        "zip bomb",
                        "i.npz",
                        files -> files.npz(
                                "i.npz",
                                "x",
                                Workspace.npy(
                                        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                                        new byte[64 << 20]))),
                input("npz with one name twice", "i.npz", files -> files.bytes("i.npz", twice())));
    }

    static List<HostileCase> tables() {
        return List.of(
                input("empty csv", "i.csv", files -> files.text("i.csv", "")),
                input("csv of a header alone", "i.csv", files -> files.text("i.csv", "a,b\n")),
                input("csv with text", "i.csv", files -> files.text("i.csv", "a,b\n1,2\n3,four\n"), "four"),
                input("csv with a short row", "i.csv", files -> files.text("i.csv", "a,b\n1,2\n3\n")),
                input("csv with a long row", "i.csv", files -> files.text("i.csv", "a,b\n1,2\n3,4,5\n")),
                input("csv with too many columns", "i.csv", files -> files.text("i.csv", "a,b,c\n1,2,3\n"), "[1, 3]"),
                input("csv with an empty field", "i.csv", files -> files.text("i.csv", "a,b\n1,\n")),
                input("csv with a quote left open", "i.csv", files -> files.text("i.csv", "a,b\n\"1,2\n3,4\n")),
                input("csv with NaN", "i.csv", files -> files.text("i.csv", "a,b\n1,NaN\n")),
                input("csv of garbage", "i.csv", files -> files.bytes("i.csv", HostileModels.garbage())),
                input("csv that is a directory", "i.csv", files -> files.directory("i.csv")),
                input("image for a table", "i.png", files -> files.bytes("i.png", HostileModels.garbage())),
                input("sequences for a table", "seq.fa", files -> {}, "[examples, 2]"),
                sequence("empty fasta", ""),
                sequence("fasta without a header", "ACGTACGT\n"),
                sequence("fasta without bases", ">one\n>two\nACGTACGT\n", "one"),
                sequence("fasta of another length", ">one\nACGTACGT\n>two\nACGT\n", "two", "4 bases", "8"),
                sequence("fasta longer than the model", ">one\nACGTACGTA\n", "one", "9 bases"),
                sequence("fasta with letters of a protein", ">one\nACGTMLEP\n", "one"),
                sequence("fasta with digits", ">one\nACGT1234\n", "one"),
                request(
                        "gzipped fasta cut off",
                        files -> {
                            Samples.write(files);
                            byte[] all = Workspace.gzip(
                                    (">one\n" + "ACGTACGT\n").repeat(50).getBytes(StandardCharsets.UTF_8));
                            files.bytes("s.fa.gz", Workspace.head(all, all.length - 12));
                        },
                        args("explain", "@/dna.dlift", "--input", "@/s.fa.gz", "-o", HostileCase.OUT),
                        "s.fa.gz"),
                request(
                        "inputs with different numbers of examples",
                        files -> {
                            Samples.write(files);
                            Map<String, byte[]> arrays = new LinkedHashMap<>();
                            arrays.put("a", Workspace.npy(new float[4], 2, 2));
                            arrays.put("b", Workspace.npy(new float[9], 3, 3));
                            files.npz("i.npz", arrays);
                        },
                        args("explain", "@/two.dlift", "--input", "@/i.npz", "-o", HostileCase.OUT),
                        "2 examples",
                        "3"),
                request(
                        "one of two inputs",
                        Samples::write,
                        args("explain", "@/two.dlift", "--input", "a=@/x.npz", "-o", HostileCase.OUT),
                        "'b'"),
                request(
                        "one array for two inputs",
                        files -> {
                            Samples.write(files);
                            files.bytes("i.npy", Workspace.npy(new float[2], 1, 2));
                        },
                        args("explain", "@/two.dlift", "--input", "@/i.npy", "-o", HostileCase.OUT),
                        "i.npy"));
    }

    static List<HostileCase> references() {
        return List.of(
                reference("reference that is not there", "@/nix.npz", files -> {}, "nix.npz"),
                reference("reference of another shape", "@/i.npz", npz(new float[3], 1, 3), "[1, 3]"),
                reference("reference of another count", "@/i.npz", npz(new float[4], 2, 2), "2 rows", "3 examples"),
                reference(
                        "references of another count",
                        "@/i.npz",
                        npz(new float[16], 2, 4, 2),
                        "[2, 4, 2]",
                        "3 examples"),
                reference("no references of each example", "@/i.npz", npz(new float[0], 3, 0, 2), "i.npz"),
                reference("background of another shape", "background:@/i.npz", npz(new float[6], 2, 3), "[2, 3]"),
                reference("background without rows", "background:@/i.npz", npz(new float[0], 0, 2), "no rows"),
                reference("mean of no rows", "mean:@/i.npz", npz(new float[0], 0, 2), "i.npz"),
                reference(
                        "mean of garbage",
                        "mean:@/i.npz",
                        files -> files.bytes("i.npz", HostileModels.garbage()),
                        "i.npz"),
                reference("mean of NaN", "mean:@/i.npz", npz(new float[] {1, Float.NaN}, 1, 2), "NaN"),
                reference("shuffles of a table", "shuffle:5", files -> {}, "'x'"),
                reference("left open", "given", files -> {}, "--reference"),
                reference("reference of an unknown input", "z=@/ref.npz", files -> {}, "z="),
                request(
                        "shuffles of rows that are not one-hot",
                        files -> {
                            Samples.write(files);
                            float[] rows = new float[32];
                            java.util.Arrays.fill(rows, 0.25f);
                            files.npz("i.npz", "dna", Workspace.npy(rows, 1, 4, 8));
                        },
                        args(
                                "explain",
                                "@/dna.dlift",
                                "--input",
                                "@/i.npz",
                                "--reference",
                                "shuffle:3",
                                "-o",
                                HostileCase.OUT),
                        "one-hot"),
                request(
                        "inputs with different numbers of references",
                        files -> {
                            Samples.write(files);
                            Map<String, byte[]> arrays = new LinkedHashMap<>();
                            arrays.put("a", Workspace.npy(new float[4], 2, 2));
                            arrays.put("b", Workspace.npy(new float[9], 3, 3));
                            files.npz("i.npz", arrays);
                        },
                        args(
                                "explain",
                                "@/two.dlift",
                                "--input",
                                "@/ab.npz",
                                "--reference",
                                "background:@/i.npz",
                                "-o",
                                HostileCase.OUT),
                        "'a' 2",
                        "'b' 3"));
    }

    private static Map<String, byte[]> two(String first, String second) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put(first, Workspace.npy(new float[2], 1, 2));
        arrays.put(second, Workspace.npy(new float[2], 1, 2));
        return arrays;
    }

    /** An archive whose table of contents names one array twice. */
    private static byte[] twice() {
        byte[] zip = Workspace.zip(two("x", "z"));
        for (int i = 0; i + 5 < zip.length; i++) {
            if (zip[i] == 'z' && zip[i + 1] == '.' && zip[i + 2] == 'n' && zip[i + 3] == 'p' && zip[i + 4] == 'y') {
                zip[i] = 'x';
            }
        }
        return zip;
    }
}
