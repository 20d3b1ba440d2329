package org.deepliftc.benchmarks;

import java.util.concurrent.TimeUnit;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take from a model file to Java source, in a JVM that never did it before (single shots in new
 * processes)?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main CompileGenomics</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class CompileGenomicsBenchmark {

    /** Read, check, derive, optimise, lower, print. */
    @Benchmark
    public CompiledClass modelToSource() {
        return Compiler.compile(Examples.model("gata-cagatg"), CompileOptions.DEFAULT);
    }

    /** The same, then compiled by Janino and loaded. */
    @Benchmark
    public Object modelToLoadedClass() {
        return Compiler.load(Compiler.compile(Examples.model("gata-cagatg"), CompileOptions.DEFAULT));
    }
}
