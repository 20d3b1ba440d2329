package org.deepliftc.cli;

import org.deepliftc.compiler.driver.CompilerVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, and the Java it runs on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"deepliftc " + CompilerVersion.TEXT, "Java " + System.getProperty("java.version")};
    }
}
