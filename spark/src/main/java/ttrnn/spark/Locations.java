package ttrnn.spark;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The places that arguments name. A store that is read frame by frame must be a folder that all machines see. */
final class Locations {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");

    private Locations() {}

    /** Arguments whose {@code file:} addresses are paths; those of copy may be of any file system. */
    static String[] toPaths(String[] args) {
        String[] paths = args.clone();
        for (int i = 0; i < paths.length && !args[0].equals("copy"); i++) {
            if (isAddress(paths[i]) && paths[i].startsWith("file:")) {
                paths[i] = Path.of(URI.create(paths[i]).getPath()).toString();
            }
        }
        return paths;
    }

    /** Refuses an address that is no folder of this machine. */
    static void refuseRemote(String place) {
        // Path.of has made one slash of two.
        if (isAddress(place)) {
            throw new IllegalArgumentException(
                    place + ": frames are read from a folder that all machines see (NFS, Lustre, a"
                            + " mounted volume); copy STORE ADDRESS and copy ADDRESS STORE move a store to and from such a place");
        }
    }

    static boolean isAddress(String place) {
        return SCHEME.matcher(place).matches();
    }
}
