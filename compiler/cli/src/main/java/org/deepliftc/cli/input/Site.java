package org.deepliftc.cli.input;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotated stretch of a sequence.
 *
 * @param start first position, from 0
 * @param end position after the last
 */
public record Site(String label, int start, int end) {
    private static final Pattern FIELD = Pattern.compile("(?:^|\\s)sites=(\\S+)");
    private static final Pattern SITE = Pattern.compile("([^:;]+):(\\d{1,9})-(\\d{1,9})");

    /**
     * The sites a FASTA header names, as in {@code seq1 sites=GATA:38-45;CAGATG:3-10}. Other writings of the field are
     * not ours to judge, and name no site.
     *
     * @param length of the sequence; sites outside it are left out
     */
    public static List<Site> ofHeader(String header, int length) {
        List<Site> sites = new ArrayList<>();
        Matcher field = FIELD.matcher(header);
        if (field.find()) {
            for (String part : field.group(1).split(";", -1)) {
                Matcher site = SITE.matcher(part);
                if (site.matches()) {
                    int start = Integer.parseInt(site.group(2));
                    int end = Integer.parseInt(site.group(3));
                    if (start < end && end <= length) {
                        sites.add(new Site(site.group(1), start, end));
                    }
                }
            }
        }
        return sites;
    }

    /** Whether this site and positions {@code from} to {@code to - 1} share at least half of the shorter one. */
    public boolean matches(int from, int to) {
        int shared = Math.min(end, to) - Math.max(start, from);
        return 2 * shared >= Math.min(end - start, to - from);
    }
}
