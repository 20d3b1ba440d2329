package example;

/** Prints what each input contributes to the difference of the output from its value on the reference. */
public final class ShowContributions {
    private ShowContributions() {}

    public static void main(String[] arguments) throws Exception {
        float[] contributions = new float[2];
        Figure1 model = Figure1.load();
        try (Figure1.Session session = model.openSession()) {
            session.explain(new float[] {-1, -1}, contributions);
        }
        System.out.println("literals " + contributions[0] + " " + contributions[1]);

        double[] exact = new double[2];
        Figure1Loops loops = Figure1Loops.load();
        try (Figure1Loops.Session session = loops.openSession()) {
            session.explain(new double[] {-1, -1}, exact);
        }
        System.out.println("loops " + exact[0] + " " + exact[1]);
    }
}
