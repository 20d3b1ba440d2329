package org.deepliftc.conformance;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;

/**
 * The model in the language, compiled to Java and run in this process.
 *
 * @param precision the numbers the class computes with
 * @param shape straight-line code or loops
 */
record CompiledRun(CompileOptions.Precision precision, CodeShape shape) implements CaseRun {

    @Override
    public Result run(ConformanceCase of, MethodKey key) {
        CompileOptions options = CompileOptions.DEFAULT
                .withExplain(key.options())
                .withPrecision(precision)
                .withShape(shape);
        CompiledModel model = Compiler.load(Compiler.compile(Compiler.read(of.model()), options));
        boolean compares = key.options().method().orElseThrow().usesReference();
        Object[] actual =
                of.inputs().stream().map(input -> typed(of.actual(input))).toArray();
        Object[] contributions = of.inputs().stream()
                .map(input -> typed(new double[of.actual(input).length]))
                .toArray();
        Object output = typed(new double[of.examples()]);
        Object referenceOutput = typed(new double[of.examples()]);
        Batch batch =
                new Batch(of.examples(), actual).contributions(contributions).output(output);
        if (compares) {
            Object[] references = of.inputs().stream()
                    .map(input -> typed(of.reference(input)))
                    .toArray();
            batch.references(1, references).referenceOutput(referenceOutput);
        }
        try (CompiledSession session = model.openSession()) {
            session.explain(batch, 0, of.examples());
        }
        List<double[]> all = new ArrayList<>();
        for (Object each : contributions) {
            all.add(doubles(each));
        }
        return new Result(all, doubles(output), doubles(referenceOutput));
    }

    private Object typed(double[] values) {
        if (precision == CompileOptions.Precision.DOUBLE) {
            return values;
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(Object values) {
        if (values instanceof double[]) {
            return (double[]) values;
        }
        float[] floats = (float[]) values;
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
