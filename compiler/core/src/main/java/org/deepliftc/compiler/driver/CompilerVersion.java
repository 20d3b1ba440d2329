package org.deepliftc.compiler.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this compiler, as the build knows it. */
public final class CompilerVersion {
    public static final String TEXT = read();

    private CompilerVersion() {}

    private static String read() {
        try (InputStream in = CompilerVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
