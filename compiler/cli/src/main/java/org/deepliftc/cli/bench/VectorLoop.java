package org.deepliftc.cli.bench;

import java.util.function.LongUnaryOperator;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.jit.TrustedSource;

/**
 * A loop of multiply-adds on vector registers alone, in the widest species of this machine. It is compiled when it runs,
 * as generated classes are, so that the command line itself does not need the module of the Vector API.
 */
final class VectorLoop {
    /** Independent sums: two units with a latency of four cycles need eight; more than twelve leave no registers. */
    private static final String SOURCE = """
            import jdk.incubator.vector.TYPEVector;
            import jdk.incubator.vector.VectorOperators;
            import jdk.incubator.vector.VectorSpecies;

            /** Runs a number of steps and returns how many multiply-adds they were. */
            public final class FmaLoop implements java.util.function.LongUnaryOperator {
                private static final VectorSpecies SPECIES = TYPEVector.SPECIES_PREFERRED;

                private static volatile double sink;

                public long applyAsLong(long steps) {
                    TYPEVector x = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 0.999);
                    TYPEVector y = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 0.001);
                    TYPEVector a = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 0);
                    TYPEVector b = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 1);
                    TYPEVector c = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 2);
                    TYPEVector d = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 3);
                    TYPEVector e = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 4);
                    TYPEVector f = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 5);
                    TYPEVector g = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 6);
                    TYPEVector h = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 7);
                    TYPEVector i = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 8);
                    TYPEVector j = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 9);
                    TYPEVector k = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 10);
                    TYPEVector l = TYPEVector.broadcast(SPECIES, (PRIMITIVE) 11);
                    int count = (int) steps;
                    for (int step = 0; step < count; step++) {
                        a = a.fma(x, y);
                        b = b.fma(x, y);
                        c = c.fma(x, y);
                        d = d.fma(x, y);
                        e = e.fma(x, y);
                        f = f.fma(x, y);
                        g = g.fma(x, y);
                        h = h.fma(x, y);
                        i = i.fma(x, y);
                        j = j.fma(x, y);
                        k = k.fma(x, y);
                        l = l.fma(x, y);
                    }
                    TYPEVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
                    sink = sum.reduceLanes(VectorOperators.ADD);
                    return 12L * count * SPECIES.length();
                }

                public String toString() {
                    return SPECIES.vectorBitSize() + "-bit vectors";
                }
            }
            """;

    private VectorLoop() {}

    /** The loop: from a number of steps to the multiply-adds done; tells its width as text. */
    static LongUnaryOperator compile(Precision precision) {
        boolean single = precision == Precision.FLOAT;
        String source =
                SOURCE.replace("TYPE", single ? "Float" : "Double").replace("PRIMITIVE", single ? "float" : "double");
        return TrustedSource.instance(LongUnaryOperator.class, "FmaLoop", source);
    }
}
