package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteTest {
    @Test
    void readsTheSitesOfAHeader() {
        assertThat(Site.ofHeader("label=1 sites=GATA:38-45;CAGATG:3-10", 200))
                .containsExactly(new Site("GATA", 38, 45), new Site("CAGATG", 3, 10));
    }

    @Test
    void takesNothingElseForASite() {
        assertThat(Site.ofHeader("label=1", 200)).isEmpty();
        assertThat(Site.ofHeader("sites=", 200)).isEmpty();
        assertThat(Site.ofHeader("sites=GATA:9-3;GATA;:1-2;X:1-99999999999", 200))
                .isEmpty();
        assertThat(Site.ofHeader("sites=GATA:190-201", 200)).isEmpty();
        assertThat(Site.ofHeader("opposites=GATA:1-8", 200)).isEmpty();
    }

    @Test
    void matchesWhatSharesHalfOfTheShorter() {
        Site site = new Site("GATA", 10, 17);

        assertThat(site.matches(10, 17)).isTrue();
        assertThat(site.matches(13, 20)).isTrue();
        assertThat(site.matches(14, 21)).isFalse();
        assertThat(site.matches(16, 18)).isTrue();
        assertThat(site.matches(30, 37)).isFalse();
    }
}
