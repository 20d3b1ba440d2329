package org.deepliftc.compiler.explain;

/**
 * A tool whose definitions can be followed, so that its users can compare: what it explains, and the rule of every operator
 * as its code has it. Thresholds of its quotients are not followed: closed forms give what they approximate.
 */
public enum Tool implements Spelled {
    /** Captum 0.8, {@code DeepLift} and {@code DeepLiftShap}. */
    CAPTUM("Captum 0.8"),
    /** SHAP 0.51, {@code DeepExplainer} for PyTorch. */
    SHAP("SHAP 0.51"),
    /** deeplift 0.6.13, with its default for genomics. */
    DEEPLIFT("deeplift 0.6.13");

    private final String title;

    Tool(String title) {
        this.title = title;
    }

    /** Its name and the version whose definitions are meant. */
    public String title() {
        return title;
    }

    /** What the tool explains, and how, unless somebody says otherwise. */
    public ExplainOptions options() {
        ExplainOptions.Builder builder = ExplainOptions.builder()
                .method(Method.DEEPLIFT)
                .softmax(SoftmaxTarget.PLAIN)
                .normaliseOnehot(false);
        return switch (this) {
            case CAPTUM, SHAP ->
                builder.at(new Point.Output())
                        .rule(NonlinearityRule.RESCALE)
                        .maxRule(MaxRule.CROSS)
                        .build();
            case DEEPLIFT ->
                builder.at(new Point.PreActivation())
                        .rule(NonlinearityRule.GENOMICS)
                        .maxRule(MaxRule.GRADIENT)
                        .build();
        };
    }
}
