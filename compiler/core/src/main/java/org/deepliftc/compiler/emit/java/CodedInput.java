package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.runtime.Arguments;
import org.deepliftc.runtime.Codes;

/**
 * Prints what a session does with a one-hot input, or its references, given as codes: the rows of a tile become columns of
 * ones and zeros in an array of the session's own, from which the steps read them as they read the caller's. Example:
 *
 * <pre>
 * Codes.expand(dnaCodes, row * 200, rows, 4, 200, this.dnaColumns);
 * this.dna = this.dnaColumns;
 * this.dnaAt = 0;
 * </pre>
 *
 * @param field of the columns that the steps read
 */
record CodedInput(Layout layout, LoopProgram.Port port, String field) {

    String codes() {
        return field.concat("Codes");
    }

    private String columns() {
        return field.concat("Columns");
    }

    int symbols() {
        return port.shape().dim(0);
    }

    int positions() {
        return port.buffer().size() / symbols();
    }

    void addFields(TypeSpec.Builder type) {
        type.addField(FieldSpec.builder(byte[].class, codes(), Modifier.PRIVATE)
                .addJavadoc("Not null where a call gives codes instead of columns.\n")
                .build());
        type.addField(layout.array(), columns(), Modifier.PRIVATE);
    }

    /** Takes an array of the caller's, either way. */
    CodeBlock take(String label, CodeBlock array, CodeBlock rows) {
        return CodeBlock.builder()
                .beginControlFlow("if ($L instanceof byte[])", array)
                .addStatement(
                        "$L = $T.codes($S, $L, $L, $L)", codes(), Arguments.class, label, array, rows, positions())
                .nextControlFlow("else")
                .add(takeColumns(label, array, rows))
                .endControlFlow()
                .build();
    }

    private CodeBlock takeColumns(String label, CodeBlock array, CodeBlock rows) {
        return CodeBlock.builder()
                .addStatement("$L = null", codes())
                .addStatement(
                        "$L = $T.$L($S, $L, $L, $L)",
                        field,
                        Arguments.class,
                        layout.checked(),
                        label,
                        array,
                        rows,
                        port.buffer().size())
                .build();
    }

    /** Makes rows the current ones, from the codes or from the caller's columns. */
    CodeBlock choose(CodeBlock firstCode, CodeBlock rows, CodeBlock at) {
        return CodeBlock.builder()
                .beginControlFlow("if ($L != null)", codes())
                .add(expand(CodeBlock.of("$L", codes()), firstCode, rows))
                .nextControlFlow("else")
                .addStatement("$LAt = $L", field, at)
                .endControlFlow()
                .build();
    }

    /** Makes the columns of rows of codes the current ones. */
    CodeBlock expand(CodeBlock codes, CodeBlock first, CodeBlock rows) {
        return CodeBlock.builder()
                .addStatement(
                        "this.$L = $T.$L(this.$L, $L)",
                        columns(),
                        Codes.class,
                        layout.checked(),
                        columns(),
                        layout.tile() * port.buffer().size())
                .addStatement(
                        "$T.expand($L, $L, $L, $L, $L, this.$L)",
                        Codes.class,
                        codes,
                        first,
                        rows,
                        symbols(),
                        positions(),
                        columns())
                .addStatement("this.$L = this.$L", field, columns())
                .addStatement("this.$LAt = 0", field)
                .build();
    }

    /** True in a call that gives the codes of any of these. */
    static CodeBlock anyGiven(List<CodedInput> inputs) {
        return inputs.stream()
                .map(input -> CodeBlock.of("$L != null", input.codes()))
                .collect(CodeBlock.joining(" || "));
    }
}
