package ttrnn.cli;

import java.util.Locale;

/** Numbers for people: the same on every machine, whatever its locale. */
final class Format {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Format() {}

    /** In powers of 1024, three digits: "512 bytes", "1.50 MB", "23.4 GB". */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : threeDigits(value)) + " " + UNITS[unit];
    }

    /** "0.42 s" under a minute, then "3:07", then "1:02:09". */
    static String duration(double seconds) {
        if (seconds < 59.95) {
            return threeDigits(seconds) + " s";
        }
        return clock(Math.round(seconds));
    }

    /** "0:09", "3:07", "1:02:09". */
    static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** "0.123", "12.3", "1234": three digits, or all of those before the point. */
    static String threeDigits(double value) {
        String pattern = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** A share of one: "0.8125" as "81.3 %". */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
