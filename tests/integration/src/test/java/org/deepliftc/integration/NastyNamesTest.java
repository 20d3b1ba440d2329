package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are legal in a model must not trip the Java that is made of it. */
class NastyNamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // keywords, literals and restricted words of Java
                "class",
                "int",
                "float",
                "new",
                "this",
                "super",
                "null",
                "true",
                "throw",
                "static",
                "void",
                "enum",
                "assert",
                "goto",
                "const",
                "strictfp",
                "var",
                "record",
                "yield",
                "sealed",
                "_",
                // types and methods a generated class may use
                "String",
                "Object",
                "Math",
                "System",
                "Float",
                "Session",
                "Batch",
                "CompiledModel",
                "ModelDescription",
                "Weights",
                "Override",
                "load",
                "openSession",
                "close",
                "explain",
                "predict",
                "description",
                "main",
                "hashCode",
                "wait",
                "getClass",
                "toString",
                "clone",
                "notify",
                // names of a program's own
                "x",
                "i",
                "row",
                "batch",
                "first",
                "count",
                "session",
                "weights",
                "contributions",
                "output",
                "reference",
                // letters of the world, long names, underscores
                "größe",
                "вход",
                "入力",
                "__x__",
                "X1",
                "aB_9"
            })
    void compileAndGiveTheRightNumbers(String name) throws IOException {
        String other = name.equals("k") ? "q" : "k";
        Workspace files = new Workspace(folder);
        files.text(
                "m.dlift",
                "model " + name + " {\n  input " + name + "1: float[2]\n  input " + other + "1: float[2]\n  " + name
                        + " = relu(dense(" + name + "1, units = 1, weight = [[1, 2]], bias = [-1]))\n  output " + other
                        + " = " + name + " * 3 + sum(" + other + "1)\n}\n");
        Map<String, byte[]> arrays = new java.util.LinkedHashMap<>();
        arrays.put(name + "1", Workspace.npy(new float[] {1, 1, 0, 0.25f}, 2, 2));
        arrays.put(other + "1", Workspace.npy(new float[] {1, 2, 3, 4}, 2, 2));
        files.npz("x.npz", arrays);

        for (String codeShape : new String[] {"straight", "loops"}) {
            Cli compiled = Cli.run(
                    folder,
                    "compile",
                    "@/m.dlift",
                    "-d",
                    "@/gen",
                    "--package",
                    "p." + codeShape,
                    "--code-shape",
                    codeShape);
            assertThat(compiled.code()).as("%s", compiled).isZero();
        }
        Cli run = Cli.run(folder, "explain", "@/m.dlift", "--input", "@/x.npz", "-o", "@/o.npz");
        assertThat(run.code()).as("%s", run).isZero();

        Map<String, DataArray> result = Npz.readAll(folder.resolve("o.npz"));
        assertThat(result.get("output").toDoubles()).containsExactly(new double[] {9, 7}, within(1e-5));
        assertThat(result.get("contributions." + name + "1").toDoubles())
                .containsExactly(new double[] {2, 4, 0, 0}, within(1e-5));
        assertThat(result.get("contributions." + other + "1").toDoubles())
                .containsExactly(new double[] {1, 2, 3, 4}, within(1e-5));
    }
}
