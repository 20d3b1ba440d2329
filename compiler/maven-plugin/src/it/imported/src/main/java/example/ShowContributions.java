package example;

/** Explains models of other tools, and prints what their contributions miss of the difference of the output. */
public final class ShowContributions {
    private ShowContributions() {}

    public static void main(String[] arguments) throws Exception {
        float[] contributions = new float[2];
        Figure1 figure = Figure1.load();
        try (Figure1.Session session = figure.openSession()) {
            session.explain(new float[] {-1, -1}, contributions);
        }
        System.out.println("relu " + contributions[0] + " " + contributions[1]);

        float[] series = new float[12 * 6];
        for (int i = 0; i < series.length; i++) {
            series[i] = (float) Math.sin(i);
        }
        float[] newer = new float[series.length];
        Recurrent keras = Recurrent.load();
        try (Recurrent.Session session = keras.openSession()) {
            session.explain(series, newer);
        }
        float[] older = new float[series.length];
        OlderFormat h5 = OlderFormat.load();
        try (OlderFormat.Session session = h5.openSession()) {
            session.explain(series, older);
        }
        System.out.println("keras " + newer[0] + " " + older[0]);
    }
}
