package org.deepliftc.compiler.check;
import java.nio.file.*;
import org.deepliftc.compiler.diagnostic.*;
public class Scratch {
    public static void main(String[] a) throws Exception {
        for (String f : a) {
            long t = System.nanoTime();
            try {
                CheckedModel m = ModelReader.check(Path.of(f), ListedWeights::open);
                String l = Models.listing(m.model());
                System.out.print(l.length() > 3000 ? l.substring(0, 3000) + "...\n" : l);
                System.out.println(m.model().explain());
                System.out.print(new DiagnosticRenderer(SourceTexts::fromDisk, false).render(m.warnings()));
            } catch (DiagnosticException e) {
                System.out.print(new DiagnosticRenderer(SourceTexts::fromDisk, false).render(e.diagnostics()));
            }
            System.out.println("-- " + f + " " + (System.nanoTime() - t) / 1000000 + " ms");
        }
    }
}
