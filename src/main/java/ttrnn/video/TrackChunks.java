package ttrnn.video;

import java.io.IOException;

/** The chunks of a container with an index: first the decoder's configuration, then each picture where it lies in the file. */
final class TrackChunks implements CodedChunks {
    private final ClipInput in;
    private final VideoTrack track;
    private byte[] data;
    private int length;
    private int next = -1;
    private boolean truncated;

    TrackChunks(ClipInput in, VideoTrack track) {
        this.in = in;
        this.track = track;
        this.data = track.configuration();
        this.truncated = track.truncated();
    }

    @Override
    public boolean next() throws IOException {
        if (next < 0) {
            next = 0;
            length = data.length;
            return true;
        }
        VideoTrack.Pictures pictures = track.pictures();
        if (next == pictures.count()) {
            return false;
        }
        length = pictures.size(next);
        if (next == 0 || length > data.length) {
            data = new byte[Math.max(length, 2 * data.length)];
        }
        in.moveTo(pictures.place(next));
        if (in.readFully(data, 0, length) < length) {
            truncated = true;
            length = 0;
            return false;
        }
        next++;
        return true;
    }

    @Override
    public byte[] data() {
        return data;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public String codec() {
        return track.codec();
    }

    @Override
    public double framesPerSecond() {
        return track.framesPerSecond();
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    @Override
    public long ticks() {
        return next <= 0 ? 0 : track.pictures().time(next - 1);
    }

    @Override
    public double ticksPerSecond() {
        return track.ticksPerSecond();
    }

    @Override
    public boolean shown(long ticks) {
        return ticks >= track.from() && ticks < track.to();
    }
}
