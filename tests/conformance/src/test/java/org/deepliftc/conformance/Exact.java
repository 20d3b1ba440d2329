package org.deepliftc.conformance;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to sixty digits, from their series. */
final class Exact {
    static final MathContext DIGITS = new MathContext(60);
    static final BigDecimal ONE = BigDecimal.ONE;
    static final BigDecimal TWO = BigDecimal.valueOf(2);
    static final BigDecimal PI = new BigDecimal(
            "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534");
    private static final BigDecimal SMALLEST = new BigDecimal("1e-75");

    /** Where the complement of erf is a continued fraction rather than 1 minus a series that cancels. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(8);

    private Exact() {}

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    static BigDecimal plus(BigDecimal a, BigDecimal b) {
        return a.add(b, DIGITS);
    }

    static BigDecimal minus(BigDecimal a, BigDecimal b) {
        return a.subtract(b, DIGITS);
    }

    static BigDecimal times(BigDecimal a, BigDecimal b) {
        return a.multiply(b, DIGITS);
    }

    static BigDecimal over(BigDecimal a, BigDecimal b) {
        return a.divide(b, DIGITS);
    }

    static BigDecimal exp(BigDecimal x) {
        if (x.compareTo(BigDecimal.valueOf(-20_000)) < 0) {
            return BigDecimal.ZERO;
        }
        // e^x = (e^(x / 2^k))^(2^k)
        int halvings = 8;
        BigDecimal size = x.abs();
        while (size.compareTo(ONE) > 0) {
            size = size.divide(TWO, DIGITS);
            halvings++;
        }
        MathContext more = new MathContext(75);
        BigDecimal small = x.divide(TWO.pow(halvings), more);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int n = 1; term.abs().compareTo(SMALLEST) > 0; n++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(n), more);
            sum = sum.add(term, more);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, more);
        }
        return sum.round(DIGITS);
    }

    /** By Newton's method on exp. */
    static BigDecimal log(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = plus(y, over(times(TWO, minus(x, e)), plus(x, e)));
        }
        return y;
    }

    static BigDecimal sqrt(BigDecimal x) {
        return x.sqrt(DIGITS);
    }

    static BigDecimal sin(BigDecimal x) {
        MathContext more = new MathContext(80);
        BigDecimal turn = TWO.multiply(PI);
        BigDecimal turns = x.divide(turn, 0, java.math.RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(turns.multiply(turn), more);
        BigDecimal term = r;
        BigDecimal sum = r;
        for (int n = 2; term.abs().compareTo(SMALLEST) > 0; n += 2) {
            term = term.multiply(r, more).multiply(r, more).divide(BigDecimal.valueOf(-(long) n * (n + 1)), more);
            sum = sum.add(term, more);
        }
        return sum.round(DIGITS);
    }

    static BigDecimal cos(BigDecimal x) {
        return sin(x.add(PI.divide(TWO)));
    }

    /** 1 / (1 + e^-x). */
    static BigDecimal sigmoid(BigDecimal x) {
        return over(ONE, plus(ONE, exp(x.negate())));
    }

    static BigDecimal tanh(BigDecimal x) {
        BigDecimal up = exp(x);
        BigDecimal down = exp(x.negate());
        return over(minus(up, down), plus(up, down));
    }

    static BigDecimal softplus(BigDecimal x) {
        if (x.compareTo(BigDecimal.valueOf(50)) > 0) {
            return plus(x, softplus(x.negate()));
        }
        BigDecimal e = exp(x);
        // log(1 + e) loses what e has below the sixtieth digit of 1
        return e.compareTo(number("1e-25")) < 0
                ? minus(e, minus(over(times(e, e), TWO), over(e.pow(3), BigDecimal.valueOf(3))))
                : log(plus(ONE, e));
    }

    /** 1 - erf(x). */
    static BigDecimal erfc(BigDecimal x) {
        if (x.signum() < 0) {
            return minus(TWO, erfc(x.negate()));
        }
        BigDecimal gauss = exp(times(x, x).negate());
        if (x.compareTo(LARGE) >= 0) {
            BigDecimal fraction = BigDecimal.ZERO;
            for (int k = 250; k > 0; k--) {
                fraction = over(BigDecimal.valueOf(k / 2.0), plus(x, fraction));
            }
            return over(over(gauss, sqrt(PI)), plus(x, fraction));
        }
        // 1 - 2 / sqrt(pi) e^(-x^2) sum_n 2^n x^(2n+1) / (1 3 5 ... (2n+1)), with digits for what cancels
        MathContext more = new MathContext(100);
        BigDecimal square = x.multiply(x, more);
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int n = 1; term.compareTo(new BigDecimal("1e-90")) > 0; n++) {
            term = term.multiply(TWO, more).multiply(square, more).divide(BigDecimal.valueOf(2L * n + 1), more);
            sum = sum.add(term, more);
        }
        BigDecimal e = wideExp(square.negate());
        BigDecimal scale = TWO.divide(PI.sqrt(more), more);
        return ONE.subtract(scale.multiply(e, more).multiply(sum, more), DIGITS);
    }

    /** e^x to a hundred digits, for x down to -64. */
    private static BigDecimal wideExp(BigDecimal x) {
        MathContext more = new MathContext(110);
        BigDecimal small = x.divide(TWO.pow(12), more);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int n = 1; term.abs().compareTo(new BigDecimal("1e-110")) > 0; n++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(n), more);
            sum = sum.add(term, more);
        }
        for (int i = 0; i < 12; i++) {
            sum = sum.multiply(sum, more);
        }
        return sum;
    }
}
