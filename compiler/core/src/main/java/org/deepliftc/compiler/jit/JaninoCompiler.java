package org.deepliftc.compiler.jit;

import java.io.IOException;
import java.io.StringReader;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.commons.compiler.Location;
import org.codehaus.janino.SimpleCompiler;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.runtime.CompiledModel;

/**
 * Compiles with Janino, in milliseconds. A class that was compiled before is found again by the digest of its source
 * as long as memory allows.
 */
public final class JaninoCompiler implements SourceCompiler {

    /** The Java version whose class files and library are used; Janino's default, 7, refuses static interface calls. */
    private static final int TARGET = 11;

    /** Janino recurses into nested expressions; a deep stack is address space, not memory, until it is used. */
    private static final long STACK_BYTES = 512L << 20;

    private static final int CACHED = 64;

    private static final Map<String, SoftReference<Class<?>>> CACHE = new LinkedHashMap<>(CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Class<?>>> eldest) {
            return size() > CACHED;
        }
    };

    /** Makes the compiler; it keeps no state of its own. */
    JaninoCompiler() {}

    /**
     * Compiles a generated class in this process and loads it with its weights.
     *
     * @throws GeneratedCodeException if the source does not compile: a defect of ours
     */
    public static CompiledModel load(GeneratedClass generated) {
        return ModelLoading.open(cached(generated), generated);
    }

    private static Class<?> cached(GeneratedClass generated) {
        String digest = digest(generated.source());
        synchronized (CACHE) {
            SoftReference<Class<?>> known = CACHE.get(digest);
            Class<?> type = known == null ? null : known.get();
            if (type != null) {
                return type;
            }
        }
        Map<String, byte[]> classFiles = new JaninoCompiler().compile(generated.qualifiedName(), generated.source());
        Class<?> type = ModelLoading.define(generated.qualifiedName(), classFiles);
        synchronized (CACHE) {
            CACHE.put(digest, new SoftReference<>(type));
        }
        return type;
    }

    @Override
    public Map<String, byte[]> compile(String qualifiedName, String source) {
        FutureTask<Map<String, byte[]>> task = new FutureTask<>(() -> cook(qualifiedName, source));
        Thread thread = new Thread(null, task, "deepliftc-janino", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneratedCodeException("compiling " + qualifiedName + " was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(qualifiedName, source, e.getCause());
        }
    }

    private static Map<String, byte[]> cook(String qualifiedName, String source) throws CompileException, IOException {
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(CompiledModel.class.getClassLoader());
        compiler.setSourceVersion(TARGET);
        compiler.setTargetVersion(TARGET);
        compiler.setDebuggingInformation(true, true, false);
        compiler.cook(qualifiedName.concat(".java"), new StringReader(source));
        return compiler.getBytecodes();
    }

    private static RuntimeException failure(String qualifiedName, String source, Throwable cause) {
        if (cause instanceof Error && !(cause instanceof StackOverflowError)) {
            throw (Error) cause;
        }
        boolean known = cause instanceof CompileException
                || cause instanceof InternalCompilerException
                || cause instanceof StackOverflowError
                || cause instanceof RuntimeException;
        String problem = cause instanceof StackOverflowError
                ? "an expression is nested too deeply"
                : known ? String.valueOf(cause.getMessage()) : cause.toString();
        return GeneratedCodeException.at(qualifiedName, source, line(cause), problem, cause);
    }

    private static int line(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            Location location = t instanceof CompileException ? ((CompileException) t).getLocation() : null;
            if (location != null) {
                return location.getLineNumber();
            }
        }
        return -1;
    }

    private static String digest(String source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
