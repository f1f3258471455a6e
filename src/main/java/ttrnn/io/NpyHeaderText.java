package ttrnn.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the Python dictionary in an npy header: the keys {@code descr}, {@code fortran_order} and {@code shape}, each
 * once, and the few kinds of value they can have. Whatever else Python could write there is refused.
 */
final class NpyHeaderText {
    private final String text;
    private int at;

    private NpyHeaderText(String text) {
        this.text = text;
    }

    static NpyHeader parse(String text, int dataOffset) throws IOException {
        return new NpyHeaderText(text).header(dataOffset);
    }

    private NpyHeader header(int dataOffset) throws IOException {
        NpyType type = null;
        Boolean fortran = null;
        int[] shape = null;
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            if (key.equals("descr") && type == null) {
                type = type();
            } else if (key.equals("fortran_order") && fortran == null) {
                fortran = bool();
            } else if (key.equals("shape") && shape == null) {
                shape = tuple();
            } else {
                throw bad("the key '" + printable(key) + "' is unknown or stands twice");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (at != text.length()) {
            throw bad("something follows the dictionary");
        }
        return check(type, fortran, shape, dataOffset);
    }

    private static NpyHeader check(
            @Nullable NpyType type, @Nullable Boolean fortran, int @Nullable [] shape, int dataOffset)
            throws IOException {
        if (type == null || fortran == null || shape == null) {
            throw new IOException("npy: the header lacks 'descr', 'fortran_order' or 'shape'");
        }
        if (fortran) {
            throw new IOException(
                    "npy: the array is in Fortran order: save it with numpy.ascontiguousarray(array) instead");
        }
        return new NpyHeader(type, shape, dataOffset);
    }

    private NpyType type() throws IOException {
        if (peek() == '[') {
            throw new IOException("npy: structured arrays are not read here");
        }
        String description = string();
        for (NpyType type : NpyType.values()) {
            // numpy leaves the byte order of one byte open, but '<u1' and '=u1' are seen too.
            if (type.description().equals(description) || (type == NpyType.UINT8 && description.matches("[<>|=]?u1"))) {
                return type;
            }
        }
        if (description.startsWith("|O") || description.startsWith("O")) {
            throw new IOException("npy: arrays of Python objects are refused, they can run code");
        }
        throw new IOException(
                "npy: element type '" + printable(description) + "' is not read here, only |u1, <i4, <f4, <f8");
    }

    private boolean bool() throws IOException {
        skipSpace();
        for (boolean value : new boolean[] {false, true}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw bad("'fortran_order' is neither True nor False");
    }

    private int[] tuple() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            sizes.add(number());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int number() throws IOException {
        skipSpace();
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + (text.charAt(at++) - '0');
            if (value > Integer.MAX_VALUE) {
                throw bad("an axis is longer than 2^31 - 1");
            }
        }
        if (at == start) {
            throw bad("'shape' is not a tuple of whole numbers");
        }
        return (int) value;
    }

    private String string() throws IOException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw bad("a string was expected");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw bad("a string does not end");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private boolean accept(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) throws IOException {
        if (!accept(c)) {
            throw bad("'" + c + "' was expected");
        }
    }

    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IOException bad(String what) {
        return new IOException("npy: bad header, at its byte " + at + ": " + what);
    }

    private static String printable(String s) {
        String head = s.length() > 40 ? s.substring(0, 40) + "…" : s;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
