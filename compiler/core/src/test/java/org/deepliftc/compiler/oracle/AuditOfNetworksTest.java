package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.AuditSample;
import org.deepliftc.compiler.driver.Auditor;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an audit finds at the nodes of random networks is all that is missing, and only where rules say so. */
final class AuditOfNetworksTest {

    @ParameterizedTest
    @CsvSource({"CROSS, RESCALE", "WINNER, RESCALE", "GRADIENT, RESCALE", "SEGMENTS, GENOMICS", "WINNER, REVEAL_CANCEL"
    })
    void residualsAddUpToTheConvergenceDelta(MaxRule maxRule, NonlinearityRule rule) {
        int[] audited = {0};
        NetworkProperty.holds("audit of " + rule + " with " + maxRule, 1e-9, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, maxRule, rule);
            Auditor auditor;
            try {
                auditor = Auditor.of(network.model(), CompileOptions.DEFAULT.withExplain(explained.options()));
            } catch (DiagnosticException e) {
                return 0; // products of matrices have no parts
            }
            audited[0]++;
            AuditSample sample =
                    auditor.measure(network.actual(), network.references()).get(0);
            double missing = sum(explained.interpreted(explained.joint().graph())) - sample.change();
            double found = Arrays.stream(sample.residuals()).sum();
            double scale = Math.max(1e-3, Math.max(sample.contributed(), Math.abs(sample.change())));
            return Math.max(Math.abs(found - missing) / scale, largestBrokenClaim(auditor, sample) / scale);
        });
        assertThat(audited[0]).isPositive();
    }

    private static double sum(List<double[]> contributions) {
        return contributions.stream().flatMapToDouble(Arrays::stream).sum();
    }

    private static double largestBrokenClaim(Auditor auditor, AuditSample sample) {
        double largest = 0;
        for (int node = 0; node < sample.residuals().length; node++) {
            if (auditor.nodes().get(node).exact()) {
                largest = Math.max(largest, Math.abs(sample.residuals()[node]));
            }
        }
        return largest;
    }
}
