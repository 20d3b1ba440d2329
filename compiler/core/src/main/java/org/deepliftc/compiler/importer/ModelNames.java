package org.deepliftc.compiler.importer;

import java.nio.file.Path;

/** The name of an imported model: its file's, as the language would write it. */
public final class ModelNames {
    private ModelNames() {}

    /** {@code resnet50-v1.onnx} is Resnet50V1. */
    public static String of(Path path) {
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        StringBuilder name = new StringBuilder();
        for (String word : (dot < 0 ? file : file.substring(0, dot)).split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        boolean isName = name.length() > 0 && Character.isLetter(name.charAt(0));
        return isName ? name.toString() : "Model" + name;
    }
}
