package org.deepliftc.compiler.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;

/**
 * How many rows steps run over together. Rows share each weight that is loaded, so that more of them are better until
 * their values no longer fit the cache; where the weights themselves do not fit it, sharing them is worth more than that.
 */
public final class TileChoice {
    /** What a second-level cache holds of rows beside the weights that pass by. */
    private static final long CACHE_BYTES = 768 << 10;

    /** What rows may take of memory where weights come from there. */
    private static final long MEMORY_BYTES = 256 << 20;

    /** Weights beyond this come from memory, or nearly, for every tile. */
    private static final long LARGE_WEIGHTS_BYTES = 4 << 20;

    private static final int[] TILES = {32, 16, 8, 4, 2, 1};

    /** Beyond it more rows share nothing more: four register tiles. */
    private static final int ENOUGH = 32;

    /** Rows that share weights from memory whatever batch is expected: one register tile. */
    private static final int FEW = 8;

    private TileChoice() {}

    /**
     * The rows of a tile.
     *
     * @param one the program with one row at a time
     * @param expectedBatch the examples of a call that are expected
     */
    public static int of(LoopProgram one, int expectedBatch) {
        long row = rowBytes(one);
        long weights = 0;
        for (ConstantBuffer constant : one.constants()) {
            weights += (long) constant.buffer().size() * Float.BYTES;
        }
        boolean large = weights > LARGE_WEIGHTS_BYTES;
        long room = large ? MEMORY_BYTES : CACHE_BYTES;
        int most = large ? Math.max(FEW, expectedBatch) : ENOUGH;
        int least = isRecurrent(one) && FEW * row <= MEMORY_BYTES ? FEW : 1;
        for (int tile : TILES) {
            if (tile <= most && tile * row <= room) {
                return Math.max(least, tile);
            }
        }
        return least;
    }

    /** True where weights pass by in every step of a recurrence: what rows share of them outweighs any cache. */
    private static boolean isRecurrent(LoopProgram program) {
        return Arrays.stream(Phase.values())
                .flatMap(phase -> program.steps(phase).stream())
                .flatMap(procedure -> procedure.body().stream())
                .anyMatch(
                        stmt -> stmt instanceof Stmt.For loop && LaneForm.isRecurrence(loop) && LaneForm.hasSum(loop));
    }

    /** Bytes of workspace, state and results of one row. */
    private static long rowBytes(LoopProgram program) {
        Map<Object, Long> arrays = new HashMap<>();
        for (Phase phase : Phase.values()) {
            for (Procedure procedure : program.steps(phase)) {
                for (Buffer buffer : procedure.writes()) {
                    if (!buffer.hasRows()) {
                        continue;
                    }
                    Object array = buffer.place() == Buffer.Place.WORKSPACE
                            ? program.slots().get(buffer)
                            : buffer;
                    arrays.merge(array, (long) buffer.size() * Float.BYTES, Math::max);
                }
            }
        }
        return arrays.values().stream().mapToLong(Long::longValue).sum();
    }
}
