package org.deepliftc.runtime;

/** The agreement between generated classes and this runtime: a class runs on the level it was compiled for. */
public final class ApiLevel {
    private ApiLevel() {}

    /**
     * Refuses a class that was compiled for another level. Generated classes call this before they load anything.
     *
     * @param compiledFor the level the class was compiled for, as a literal in its source
     * @param className the class, for the message
     * @throws IllegalStateException if this runtime has another level, saying which side to bring up to date
     */
    public static void require(int compiledFor, String className) {
        if (compiledFor == ModelDescription.API_LEVEL) {
            return;
        }
        String remedy = compiledFor < ModelDescription.API_LEVEL
                ? "compile the model again with the deepliftc that belongs to this runtime"
                : "put the deepliftc-runtime-core that belongs to its compiler on the class path";
        throw new IllegalStateException(className + " was compiled for API level " + compiledFor
                + " of deepliftc-runtime-core, but level " + ModelDescription.API_LEVEL + " is on the class path; "
                + remedy);
    }
}
