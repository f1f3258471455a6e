package ttrnn.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames at a rate, by the times at which a clip's frames are shown: stored frame k is at k / F seconds after the first
 * one. It is the frame nearest to that moment, the earlier one at a tie, or a mix of the two around it, each weighed by how
 * near it is. The last frame counts for as long as the one before it did, but half of that where the nearest is taken.
 */
final class TimedChoice implements Chooser {
    private final double storedRate;
    private final double ticksPerSecond;
    private final boolean blend;
    private final List<Integer> weights = new ArrayList<>();
    private long stored;
    private long first;
    private long before;
    private long newest;
    private int frames;

    TimedChoice(double storedRate, double ticksPerSecond, boolean blend) {
        this.storedRate = storedRate;
        this.ticksPerSecond = ticksPerSecond;
        this.blend = blend;
    }

    @Override
    public int next(long ticks) {
        weights.clear();
        if (frames++ == 0) {
            first = ticks;
            before = 0;
            newest = 0;
            return 0;
        }
        before = newest;
        newest = Math.max(before, ticks - first);
        // Product before quotient: a tie of whole rates, such as 25 to 10, is then exact.
        for (double moment = moment(); blend ? moment < newest : 2 * moment <= before + newest; moment = moment()) {
            weights.add(blend ? (int) StrictMath.rint(NEWEST * (moment - before) / (newest - before)) : 0);
            stored++;
        }
        return weights.size();
    }

    private double moment() {
        return stored * ticksPerSecond / storedRate;
    }

    @Override
    public int rest() {
        weights.clear();
        double lasts = frames < 2 ? 0 : (newest - before) / 2.0;
        int count = 0;
        while (moment() <= newest + lasts) {
            stored++;
            count++;
        }
        return count;
    }

    @Override
    public int weight(int i) {
        return weights.isEmpty() ? NEWEST : weights.get(i);
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    @Override
    public double rate() {
        return storedRate;
    }
}
