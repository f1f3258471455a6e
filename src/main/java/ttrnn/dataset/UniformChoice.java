package ttrnn.dataset;

/**
 * A number of frames at equal distances: the clip is cut into as many parts of equal length, and the frame in the middle of
 * each is stored; a frame more than once if there are fewer of them.
 */
final class UniformChoice implements Chooser {
    private final int wanted;
    private final int frames;
    private final double clipRate;
    private int index;
    private int stored;

    UniformChoice(int wanted, int frames, double clipRate) {
        this.wanted = wanted;
        this.frames = frames;
        this.clipRate = clipRate;
    }

    @Override
    public int next(long ticks) {
        int at = index++;
        int copies = 0;
        while (stored < wanted && (2L * stored + 1) * frames / (2L * wanted) == at) {
            stored++;
            copies++;
        }
        return copies;
    }

    @Override
    public double rate() {
        return clipRate * wanted / Math.max(1, frames);
    }
}
