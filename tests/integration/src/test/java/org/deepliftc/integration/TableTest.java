package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people's tools write them. */
class TableTest {
    private static final String NAMED = "age,income,debt\n1,2,3\n4,5,6\n";

    @TempDir
    Path folder;

    private Workspace files;

    @BeforeEach
    void writeModels() {
        files = new Workspace(folder);
        files.text("sum.dlift", "model Sum { input x: float[3]\n output y = sum(x * [1, 10, 100]) }");
        files.text(
                "two.dlift", "model Two { input age: float[1]\n input debt: float[1]\n output y = age + 10 * debt }");
        files.text("named.csv", NAMED);
    }

    private Cli run(int code, String... args) {
        Cli run = Cli.run(folder, args);
        assertThat(run.code()).as("%s", run).isEqualTo(code);
        return run;
    }

    private String predicted(String model, String table) throws IOException {
        run(0, "predict", "@/" + model, "--input", "@/" + table, "-o", "@/y.csv");
        return Files.readString(folder.resolve("y.csv"));
    }

    @Test
    void headersOfPandasAreNoExamples() throws IOException {
        String expected = predicted("sum.dlift", "named.csv").replaceAll("(?m)^[^,]*,", "");
        files.text("default.csv", "0,1,2\n1,2,3\n4,5,6\n");
        files.text("index.csv", ",age,income,debt\n0,1,2,3\n1,4,5,6\n");
        files.text("both.csv", ",0,1,2\n0,1,2,3\n1,4,5,6\n");
        files.text("comma.csv", "age;income;debt\n1,0;2,0;3,0\n4;5;6\n");
        for (String table : new String[] {"default.csv", "index.csv", "both.csv", "comma.csv"}) {
            assertThat(predicted("sum.dlift", table).replaceAll("(?m)^[^,]*,", ""))
                    .as(table)
                    .isEqualTo(expected);
        }
    }

    @Test
    void truthIsOne() throws IOException {
        files.text("truth.csv", "a,b,c\nTrue,False,true\n");
        assertThat(predicted("sum.dlift", "truth.csv")).contains("101.0");
    }

    @Test
    void packedTablesAreUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(NAMED.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("named.csv.gz"), packed.toByteArray());
        assertThat(predicted("sum.dlift", "named.csv.gz")).isEqualTo(predicted("sum.dlift", "named.csv"));
    }

    @Test
    void columnsOfReferencesAreMatchedByName() throws IOException {
        files.text("other.csv", "debt,age,income\n3,1,2\n6,4,5\n");
        run(0, "explain", "@/sum.dlift", "--input", "@/named.csv", "--reference", "@/other.csv", "-o", "@/c.csv");
        assertThat(Files.readAllLines(folder.resolve("c.csv")).get(1)).endsWith(",0.0,0.0,0.0,0.0");
        files.text("wrong.csv", "debt,age,wealth\n3,1,2\n6,4,5\n");
        assertThat(run(
                                1,
                                "explain",
                                "@/sum.dlift",
                                "--input",
                                "@/named.csv",
                                "--reference",
                                "@/wrong.csv",
                                "-o",
                                "@/c.csv")
                        .err())
                .contains("it lacks 'income'; only it has 'wealth'");
    }

    @Test
    void columnsGoToTheInputsOfTheirNames() throws IOException {
        assertThat(predicted("two.dlift", "named.csv")).contains("31.0").contains("64.0");
        files.text("less.csv", "age,income\n1,2\n");
        assertThat(run(1, "predict", "@/two.dlift", "--input", "@/less.csv", "-o", "@/y.csv")
                        .err())
                .contains("no column is named 'debt'; its columns are 'age', 'income'");
    }

    /** A blank and a NaN are one thing, and so is what is said of them. */
    @Test
    void missingValuesAreNamed() {
        files.text("blank.csv", "age,income,debt\n1,,2\n");
        files.text("nan.csv", "age,income,debt\n1,NaN,2\n");
        for (String table : new String[] {"blank.csv", "nan.csv"}) {
            assertThat(run(1, "predict", "@/sum.dlift", "--input", "@/" + table, "-o", "@/y.csv")
                            .err())
                    .contains("a missing value (NaN) at [0, 1], column 'income'");
        }
    }

    @Test
    void columnsOfTextAreNamed() {
        files.text("text.csv", "age,town,debt\n1,Ulm,2\n");
        assertThat(run(1, "predict", "@/sum.dlift", "--input", "@/text.csv", "-o", "@/y.csv")
                        .err())
                .contains("column 2 ('town'): 'Ulm' is no number");
    }
}
