package org.deepliftc.compiler.diagnostic;

/**
 * The kinds of problems of a {@code .dlift} model. The constant's name is the stable id that a message shows and that
 * tests, scripts and web searches rely on: ids are added, never renumbered.
 */
public enum Problem {
    /** A token that cannot stand where it stands. */
    SYNTAX001,
    /** A bracket, brace or parenthesis that is not closed. */
    SYNTAX002,
    /** A character that belongs to no token. */
    SYNTAX003,
    /** A string without its closing quote. */
    SYNTAX004,
    /** A comment without its end. */
    SYNTAX005,
    /** Nesting beyond the limit. */
    SYNTAX006,
    /** A number that does not fit. */
    SYNTAX007,
    /** An escape sequence in a string that does not exist. */
    SYNTAX008,

    /** A file that cannot be read. */
    FILE001,
    /** A path that leaves the model's folder. */
    FILE002,
    /** A file that is not UTF-8 text, or too large. */
    FILE003,
    /** Files that import each other in a circle. */
    FILE004,
    /** A reference file that does not exist (yet). */
    FILE005,

    /** A statement where it cannot stand. */
    MODEL001,
    /** No model, or more than one. */
    MODEL002,
    /** A model without an output. */
    MODEL003,
    /** A definition or input nothing uses. */
    MODEL004,

    /** An unknown name. */
    NAME001,
    /** A name defined twice. */
    NAME002,
    /** An unknown function, layer or activation. */
    NAME003,

    /** An argument a function does not take, or takes once only. */
    CALL001,
    /** A missing argument. */
    CALL002,
    /** An argument of the wrong kind. */
    CALL003,
    /** An argument outside its range. */
    CALL004,
    /** A function or activation that reaches itself. */
    CALL005,
    /** A function that returns nothing, or another number of values than the definition takes. */
    CALL006,
    /** An activation's body that is no function of its one variable. */
    CALL007,

    /** Shapes that do not fit an operator. */
    SHAPE001,
    /** An axis or index outside a shape. */
    SHAPE002,
    /** A shape that cannot exist. */
    SHAPE003,

    /** A tensor the weights files do not hold. */
    WEIGHT001,
    /** A tensor of another shape than the layer needs. */
    WEIGHT002,
    /** NaN or infinity in a tensor. */
    WEIGHT003,
    /** A weights file that cannot be opened, or a tensor that cannot be read. */
    WEIGHT004,
    /** A tensor name more than one weights file holds, or an unclear default. */
    WEIGHT005,

    /** Compile-time arithmetic without a result. */
    NUMBER001,

    /** A model that grows beyond a limit when functions and loops are expanded. */
    LIMIT001,

    /** An explain section that cannot be understood. */
    EXPLAIN001,
    /** A name in an explain section that the model does not have. */
    EXPLAIN002,
    /** A target outside the explained point. */
    EXPLAIN003;

    public Diagnostic at(SourceSpan span, String message) {
        return Diagnostic.error(name(), span, message);
    }

    public Diagnostic warning(SourceSpan span, String message) {
        return Diagnostic.warning(name(), span, message);
    }
}
