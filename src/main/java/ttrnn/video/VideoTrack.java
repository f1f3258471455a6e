package ttrnn.video;

import java.util.Arrays;

/**
 * The video track of a container with an index (MP4, Matroska): what its headers say, and for each coded picture, in
 * decoding order, where it lies in the file and when it is shown.
 *
 * @param codec four-character code or Matroska's codec name
 * @param configuration the decoder's configuration record, for H.264 an {@code avcC}; empty if there is none
 * @param framesPerSecond nominal rate; 0 if it is not known
 * @param ticksPerSecond unit of the times
 * @param clockwise degrees that pictures are to be turned: 0, 90, 180, 270
 * @param pictures where the pictures lie
 * @param from first time that is shown; earlier pictures are decoded, but not given out
 * @param to first time after the last that is shown
 * @param truncated whether the container ends too early, or in rubbish
 */
record VideoTrack(
        String codec,
        byte[] configuration,
        double framesPerSecond,
        double ticksPerSecond,
        int clockwise,
        Pictures pictures,
        long from,
        long to,
        boolean truncated) {

    /** Places, sizes and times of coded pictures. Grows as they are found, up to the limits. */
    static final class Pictures {
        private final DecodeLimits limits;
        private long[] places = new long[256];
        private long[] times = new long[256];
        private int[] sizes = new int[256];
        private int count;

        Pictures(DecodeLimits limits) {
            this.limits = limits;
        }

        void add(long place, long size, long time) throws ClipException {
            // Pictures that are not shown count too: the table itself must be bounded.
            limits.checkFrames(count + 1);
            if (size < 0 || size > limits.maxPictureBytes()) {
                throw new ClipException("a coded picture of " + size + " bytes, more than " + limits.maxPictureBytes()
                        + "; the clip is damaged, or the limit is too low");
            }
            if (count == sizes.length) {
                int larger = 2 * count;
                places = Arrays.copyOf(places, larger);
                times = Arrays.copyOf(times, larger);
                sizes = Arrays.copyOf(sizes, larger);
            }
            places[count] = place;
            sizes[count] = (int) size;
            times[count++] = time;
        }

        int count() {
            return count;
        }

        /** Bytes of the file before picture {@code i}. */
        long place(int i) {
            return places[i];
        }

        int size(int i) {
            return sizes[i];
        }

        /** When picture {@code i} is shown, in ticks. */
        long time(int i) {
            return times[i];
        }
    }
}
