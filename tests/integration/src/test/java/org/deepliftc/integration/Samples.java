package org.deepliftc.integration;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small sound models and inputs that tests start from. */
final class Samples {
    /** y0 = relu(x0 + 2 x1) - relu(3 x0 - 4 x1 + 0.5), y1 = 2 relu(...) + relu(...). */
    static final String TINY = """
            model Tiny {
              input x: float[2]
              h = relu(dense(x, units = 2, weight = [[1, 2], [3, -4]], bias = [0, 0.5]))
              output y = dense(h, units = 2, weight = [[1, -1], [2, 1]], bias = [0, 0])
            }
            """;

    /** Looks for ACG in eight bases. */
    static final String DNA = """
            model Dna {
              input dna: float[4, 8] onehot(axis = 0, normalise = false)
              c = conv1d(dna, filters = 1, width = 3, weight = [[[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]], bias = [-1])
              s = globalmaxpool(relu(c))
              output y = dense(s, units = 1, weight = [[2]], bias = [0.5])
            }
            """;

    static final String TWO = """
            model Two {
              input a: float[2]
              input b: float[3]
              output y = dense(a, units = 1, weight = [[1, 2]], bias = [0]) + dense(b, units = 1, weight = [[3, 4, 5]], bias = [1])
            }
            """;

    static final String FASTA = ">one sites=ACG:2-5\nTTACGTTT\n>two label=0\nGGGGGGGG\n";

    private Samples() {}

    /** Writes all of them: tiny.dlift, dna.dlift, two.dlift, x.npz, ref.npz, ab.npz, seq.fa. */
    static void write(Workspace files) {
        files.text("tiny.dlift", TINY)
                .text("dna.dlift", DNA)
                .text("two.dlift", TWO)
                .text("seq.fa", FASTA);
        files.npz("x.npz", "x", Workspace.npy(new float[] {1, 1, -2, 0.5f, 3, 2}, 3, 2));
        files.npz("ref.npz", "x", Workspace.npy(new float[] {0.5f, -1}, 1, 2));
        Map<String, byte[]> both = new LinkedHashMap<>();
        both.put("a", Workspace.npy(new float[] {1, 2, 3, 4}, 2, 2));
        both.put("b", Workspace.npy(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        files.npz("ab.npz", both);
    }

    /** The arguments of an explanation of the tiny model with further flags. */
    static String[] explain(String... flags) {
        String[] start = {"explain", "@/tiny.dlift", "--input", "@/x.npz", "-o", HostileCase.OUT};
        String[] all = java.util.Arrays.copyOf(start, start.length + flags.length);
        System.arraycopy(flags, 0, all, start.length, flags.length);
        return all;
    }

    /** The arguments of an explanation of the tiny model on another input. */
    static String[] explainInput(String input, String... flags) {
        String[] args = explain(flags);
        args[3] = input;
        return args;
    }
}
