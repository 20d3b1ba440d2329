package org.deepliftc.architecture.broken.compiler.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.palantir.javapoet.TypeName;
import de.siegmar.fastcsv.reader.CsvReader;
import org.antlr.v4.runtime.Token;
import org.codehaus.janino.SimpleCompiler;
import org.deepliftc.architecture.broken.compiler.lower.Lowering;
import picocli.CommandLine;

/** A graph that knows later stages and every library. */
public record KnowsEverything(
        Lowering lowering,
        Token antlr,
        TypeName javaPoet,
        SimpleCompiler janino,
        CommandLine picocli,
        JsonFactory jackson,
        CsvReader<?> fastCsv) {}
