package org.deepliftc.integration;

import java.util.function.Consumer;

/**
 * A broken or hostile request and how it has to end.
 *
 * @param name what is wrong
 * @param prepare writes the files
 * @param args the command; {@code @/} stands for the folder
 * @param code the exit code: 1 or 2
 * @param mentions what the message must name
 */
record HostileCase(String name, Consumer<Workspace> prepare, String[] args, int code, String[] mentions) {

    static final String OUT = "@/out.npz";

    /** A model that {@code check} must refuse. */
    static HostileCase model(String name, String text, String... mentions) {
        return model(name, files -> {}, text, mentions);
    }

    /** A model with other files that {@code check} must refuse. */
    static HostileCase model(String name, Consumer<Workspace> prepare, String text, String... mentions) {
        return new HostileCase(
                name,
                prepare.andThen(files -> files.text("m.dlift", text)),
                new String[] {"check", "@/m.dlift"},
                1,
                mentions);
    }

    /** A request that must end with exit code 1. */
    static HostileCase request(String name, Consumer<Workspace> prepare, String[] args, String... mentions) {
        return new HostileCase(name, prepare, args, 1, mentions);
    }

    /** A request that must end as wrong usage. */
    static HostileCase usage(String name, String[] args, String... mentions) {
        return new HostileCase(name, Samples::write, args, 2, mentions);
    }

    static String[] args(String... args) {
        return args;
    }

    @Override
    public String toString() {
        return name;
    }
}
