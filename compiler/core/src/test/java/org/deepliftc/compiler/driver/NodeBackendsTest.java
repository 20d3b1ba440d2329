package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.compiler.vector.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend of each node; the default run of these tests has no module of the Vector API. */
class NodeBackendsTest {
    @TempDir
    Path folder;

    private static Map<String, String> backends(Model model, CompileOptions options) {
        Map<String, String> found = new LinkedHashMap<>();
        Compiler.rules(model, options).rows().forEach(row -> found.put(row.node(), row.backend()));
        return found;
    }

    private static CompileOptions vector() {
        return CompileOptions.DEFAULT.withBackend(Backend.VECTOR);
    }

    @Test
    void namesTheStepsThatStayScalarInVectorCode() {
        Map<String, String> found = backends(Networks.SEQUENCE.in(folder), vector());

        assertThat(found).containsEntry("hidden.dense", "vector").containsEntry("hidden", "vector");
        // winners are sought among neighbours and scattered to one position each: no vectors
        assertThat(found).containsEntry("sites", "vector+scalar");
    }

    /** An activation that is stored nowhere is computed by the pool that reads it. */
    @Test
    void countsAFusedNodeForItsReaders() {
        Map<String, String> found = backends(Networks.IMAGE.in(folder), vector());

        assertThat(found.values()).doesNotContain("folded", "-");
        assertThat(found).containsEntry("b", "vector");
    }

    @Test
    void isScalarWhereScalarCodeIsMade() {
        Model model = Networks.TABLE.in(folder);

        assertThat(backends(model, CompileOptions.DEFAULT.withBackend(Backend.SCALAR))
                        .values())
                .containsOnly("scalar");
        assertThat(backends(model, CompileOptions.DEFAULT.withPrecision(CompileOptions.Precision.DOUBLE))
                        .values())
                .containsOnly("scalar");
        assertThat(backends(model, vector().withShape(CodeShape.STRAIGHT)).values())
                .containsOnly("scalar");
    }

    @Test
    void agreesWithTheCostTable() {
        Model model = Networks.RESIDUAL.in(folder);
        CostTable costs = Compiler.costs(model, vector());

        assertThat(costs.totals().backend()).isEqualTo("vector");
        assertThat(costs.rules()).isEqualTo(Compiler.rules(model, vector()));
    }
}
