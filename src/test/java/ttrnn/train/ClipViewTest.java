package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

class ClipViewTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;
    private static final int SIZE = 3 * WIDTH * HEIGHT;

    private static byte[] all(FrameSequence clip) {
        byte[] bytes = new byte[clip.length() * clip.frameSize()];
        clip.read(0, clip.length(), bytes, 0);
        return bytes;
    }

    private static FrameSequence noise(int length) {
        Rng rng = new Rng(3);
        byte[] bytes = new byte[length * SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) rng.nextInt(256);
        }
        return FrameSequence.of(bytes, length, SIZE);
    }

    /** A bright square of 8x8 pixels on grey that moves to and fro by 4 pixels around (x, y). */
    private static FrameSequence square(int x, int y, int length) {
        byte[] bytes = new byte[length * SIZE];
        Arrays.fill(bytes, (byte) 60);
        for (int t = 0; t < length; t++) {
            int left = x - 4 + 2 * (t % 2 == 0 ? -1 : 1);
            for (int row = y - 4; row < y + 4; row++) {
                int from = t * SIZE + 3 * (row * WIDTH + left);
                Arrays.fill(bytes, from, from + 24, (byte) 220);
            }
        }
        return FrameSequence.of(bytes, length, SIZE);
    }

    private static ClipView view(ClipView.Input input, int lag, boolean centre) {
        return new ClipView(false, input, lag, centre, WIDTH, HEIGHT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void motionIsTheSizeOfTheDifferenceOfTwoFrames(int lag) {
        FrameSequence clip = noise(4);
        byte[] frames = all(clip);
        byte[] motion = all(view(ClipView.Input.MOTION, lag, false).of(clip));
        byte[] difference = all(view(ClipView.Input.DIFFERENCE, lag, false).of(clip));
        for (int t = 0; t < 4; t++) {
            int now = Math.min(3, Math.max(t, lag));
            int before = Math.max(0, now - lag);
            for (int j = 0; j < SIZE; j += 7) {
                int change = (frames[now * SIZE + j] & 255) - (frames[before * SIZE + j] & 255);
                assertThat(motion[t * SIZE + j] & 255).isEqualTo(Math.abs(change));
                assertThat(difference[t * SIZE + j] & 255).isEqualTo(Math.max(0, Math.min(255, 128 + change)));
            }
        }
    }

    @Test
    void mixedFramesAreLightColourAndMotion() {
        FrameSequence clip = noise(3);
        byte[] frames = all(clip);
        byte[] mixed = all(view(ClipView.Input.MIXED, 1, false).of(clip));
        for (int j = SIZE; j < 2 * SIZE; j += 21) {
            int red = frames[j] & 255;
            int green = frames[j + 1] & 255;
            int blue = frames[j + 2] & 255;
            int moved = 0;
            for (int c = 0; c < 3; c++) {
                moved += Math.abs((frames[j + c] & 255) - (frames[j + c - SIZE] & 255));
            }
            assertThat(mixed[j] & 255).isEqualTo((red + 2 * green + blue) / 4);
            assertThat(mixed[j + 1] & 255).isEqualTo(128 + Math.floorDiv(red - blue, 2));
            assertThat(mixed[j + 2] & 255).isEqualTo(Math.min(255, moved * 4 / 3));
        }
    }

    @Test
    void aClipOfOneFrameDoesNotMove() {
        assertThat(all(view(ClipView.Input.MOTION, 2, true).of(noise(1)))).containsOnly(0);
        byte[] still = all(view(ClipView.Input.FRAMES, 1, true).of(noise(1)));
        assertThat(still).isEqualTo(all(noise(1)));
    }

    @Test
    void whatMovesIsMovedToTheMiddleWhereverItWas() {
        for (ClipView.Input input : ClipView.Input.values()) {
            byte[] here = all(view(input, 1, true).of(square(12, 10, 9)));
            byte[] there = all(view(input, 1, true).of(square(36, 22, 9)));
            assertThat(here).as("%s", input).isEqualTo(there);
        }
        byte[] centred = all(view(ClipView.Input.MOTION, 1, true).of(square(12, 10, 9)));
        int[] columns = new int[WIDTH];
        for (int j = 0; j < SIZE; j++) {
            columns[j / 3 % WIDTH] += centred[4 * SIZE + j] & 255;
        }
        int total = 0;
        int moment = 0;
        for (int x = 0; x < WIDTH; x++) {
            total += columns[x];
            moment += columns[x] * (2 * x + 1);
        }
        assertThat(moment / (2.0 * total)).isBetween(WIDTH / 2 - 1.0, WIDTH / 2 + 1.0);
    }

    /** Frames that are dark on the left and light on the right, from column {@code edge} on. */
    private static FrameSequence step(int edge, int light) {
        byte[] frame = new byte[SIZE];
        for (int j = 0; j < SIZE; j++) {
            frame[j] = (byte) (j / 3 % WIDTH < edge ? 10 : light);
        }
        return FrameSequence.of(frame, 1, SIZE);
    }

    @Test
    void textureTellsWhereLightChangesAndWhichWay() {
        byte[] seen = all(view(ClipView.Input.TEXTURE, 1, false).of(step(20, 20)));
        for (int cell = 0; cell < SIZE / 6; cell++) {
            int column = 2 * (cell % (WIDTH / 2));
            assertThat(seen[6 * cell]).isEqualTo((byte) (column < 20 ? 10 : 20));
            assertThat(seen[6 * cell + 1]).isEqualTo((byte) 128);
            // 2 * |difference of the light of two pixels together|, on either side of the step.
            assertThat(seen[6 * cell + 3]).isEqualTo((byte) (column == 18 || column == 20 ? 40 : 0));
            assertThat(seen[6 * cell + 4]).isZero();
        }
    }

    @Test
    void textureHasColourAndMotionOfEachPixel() {
        FrameSequence clip = noise(3);
        byte[] frames = all(clip);
        byte[] motion = all(view(ClipView.Input.MIXED, 1, false).of(clip));
        byte[] seen = all(view(ClipView.Input.TEXTURE, 1, false).of(clip));
        for (int j = 0; j < seen.length; j += 6) {
            int red = (frames[j] & 255) + (frames[j + 3] & 255);
            int blue = (frames[j + 2] & 255) + (frames[j + 5] & 255);
            assertThat(seen[j + 1]).isEqualTo((byte) Math.max(0, Math.min(255, 128 + ((red - blue) >> 1))));
            assertThat(seen[j + 2]).isEqualTo(motion[j + 2]);
            assertThat(seen[j + 5]).isEqualTo(motion[j + 5]);
        }
    }

    @Test
    void cellsStayTogetherWhateverMoves() {
        FrameSequence shown = view(ClipView.Input.TEXTURE, 1, false).of(noise(3));
        byte[] all = all(shown);
        Set<List<Byte>> cells = new HashSet<>();
        for (int j = 0; j < all.length; j += 6) {
            cells.add(cell(all, j));
        }
        for (long seed = 0; seed < 10; seed++) {
            byte[] moved = all(new Augmentation(0.3, 0, 0.4, true, 2, WIDTH, HEIGHT).apply(shown, new Rng(seed)));
            for (int j = 0; j < moved.length; j += 6) {
                assertThat(cells).contains(cell(moved, j));
            }
        }
    }

    private static List<Byte> cell(byte[] bytes, int from) {
        List<Byte> cell = new ArrayList<>();
        for (int j = from; j < from + 6; j++) {
            cell.add(bytes[j]);
        }
        return cell;
    }

    @Test
    void textureNeedsPairsOfPixels() {
        FrameSequence odd = FrameSequence.of(new byte[3 * 5 * 4], 1, 3 * 5 * 4);
        assertThatThrownBy(() -> new ClipView(false, ClipView.Input.TEXTURE, 1, false, 5, 4).of(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input: texture needs frames of an even width, got 5; prepare with another size");
    }

    @Test
    void aStrideShowsEveryNthFrameOfWhatAllFramesShow() {
        byte[] all = all(view(ClipView.Input.MIXED, 2, false).of(noise(7)));
        for (int stride = 1; stride < 9; stride++) {
            FrameSequence some =
                    new ClipView(false, ClipView.Input.MIXED, 2, false, stride, WIDTH, HEIGHT).of(noise(7));
            byte[] seen = all(some);
            assertThat(some.length()).isEqualTo((7 + stride - 1) / stride);
            for (int t = 0; t < some.length(); t++) {
                assertThat(Arrays.copyOfRange(seen, t * SIZE, (t + 1) * SIZE))
                        .isEqualTo(Arrays.copyOfRange(all, t * stride * SIZE, (t * stride + 1) * SIZE));
            }
        }
    }

    @Test
    void aStridedTrainingClipBeginsWithAnyOfTheFirstFrames() {
        FrameSequence strided = new ClipView(false, ClipView.Input.FRAMES, 1, false, 3, WIDTH, HEIGHT).of(noise(8));
        byte[] all = all(noise(8));
        boolean[] seen = new boolean[3];
        for (long seed = 0; seed < 30; seed++) {
            FrameSequence clip = new Augmentation(0, 0.01, WIDTH, HEIGHT).apply(strided, new Rng(seed));
            byte[] frames = all(clip);
            for (int first = 0; first < 3; first++) {
                if (Arrays.equals(
                        Arrays.copyOf(frames, SIZE), Arrays.copyOfRange(all, first * SIZE, (first + 1) * SIZE))) {
                    seen[first] = true;
                    assertThat(clip.length()).isEqualTo(first == 2 ? 2 : 3);
                }
            }
        }
        assertThat(seen).containsOnly(true);
    }

    @Test
    void aPartReadsAsTheWholeDoes() {
        FrameSequence shown = view(ClipView.Input.MOTION, 2, true).of(noise(6));
        byte[] whole = all(shown);
        byte[] part = new byte[2 * SIZE + 5];
        view(ClipView.Input.MOTION, 2, true).of(noise(6)).read(3, 2, part, 5);
        assertThat(Arrays.copyOfRange(part, 5, part.length)).isEqualTo(Arrays.copyOfRange(whole, 3 * SIZE, 5 * SIZE));
    }

    @Test
    void aMirroredAndZoomedClipKeepsItsMiddle() {
        FrameSequence clip = noise(2);
        byte[] frames = all(clip);
        byte[] mirrored = all(MappedFrames.mirrored(clip, WIDTH, HEIGHT));
        assertThat(mirrored).isNotEqualTo(frames);
        assertThat(all(MappedFrames.mirrored(MappedFrames.mirrored(clip, WIDTH, HEIGHT), WIDTH, HEIGHT)))
                .isEqualTo(frames);
        boolean[] seen = new boolean[2];
        for (long seed = 0; seed < 20; seed++) {
            byte[] flipped = all(new Augmentation(0, 0, 0, true, 1, WIDTH, HEIGHT).apply(clip, new Rng(seed)));
            seen[Arrays.equals(flipped, frames) ? 0 : 1] = true;
            assertThat(Arrays.equals(flipped, frames) || Arrays.equals(flipped, mirrored))
                    .isTrue();
            byte[] zoomed = all(new Augmentation(0, 0, 0.3, false, 1, WIDTH, HEIGHT).apply(clip, new Rng(seed)));
            int middle = 3 * (HEIGHT / 2 * WIDTH + WIDTH / 2);
            assertThat(zoomed[middle]).isEqualTo(frames[middle]);
        }
        assertThat(seen).containsExactly(true, true);
    }

    /** Frames 1, 3 and 4 are 128 throughout; frames 2 and 5 are so but for their first or last byte. */
    @Test
    void greyFramesAreLeftOutAndNoOthers() {
        byte[] bytes = all(noise(7));
        for (int t : new int[] {1, 2, 3, 4, 5}) {
            Arrays.fill(bytes, t * SIZE, (t + 1) * SIZE, (byte) 128);
        }
        bytes[2 * SIZE] = 127;
        bytes[6 * SIZE - 1] = (byte) 129;
        FrameSequence clip = FrameSequence.of(bytes, 7, SIZE);
        FrameSequence masked = new ClipView(true, ClipView.Input.FRAMES, 1, false, WIDTH, HEIGHT).of(clip);
        assertThat(masked.length()).isEqualTo(4);
        assertThat(masked.frameSize()).isEqualTo(SIZE);
        byte[] read = all(masked);
        int[] kept = {0, 2, 5, 6};
        for (int n = 0; n < kept.length; n++) {
            assertThat(Arrays.copyOfRange(read, n * SIZE, (n + 1) * SIZE))
                    .as("frame %d", kept[n])
                    .containsExactly(Arrays.copyOfRange(bytes, kept[n] * SIZE, (kept[n] + 1) * SIZE));
        }
        byte[] part = new byte[2 * SIZE + 1];
        masked.read(1, 2, part, 1);
        assertThat(Arrays.copyOfRange(part, 1, part.length)).containsExactly(Arrays.copyOfRange(read, SIZE, 3 * SIZE));
        FrameSequence grey = FrameSequence.of(Arrays.copyOfRange(bytes, 3 * SIZE, 5 * SIZE), 2, SIZE);
        assertThat(new ClipView(true, ClipView.Input.FRAMES, 1, false, WIDTH, HEIGHT)
                        .of(grey)
                        .length())
                .isZero();
        // Without the mask a grey frame is a frame like any other.
        assertThat(all(view(ClipView.Input.FRAMES, 1, false).of(clip))).containsExactly(bytes);
    }

    @Test
    void onlyThePublishedSettingsMask() {
        assertThat(ClipView.of(TrainConfig.defaults(), WIDTH, HEIGHT).maskGrey())
                .isFalse();
        TrainConfig masking = TrainConfig.defaults().with(Settings.MASK_GREY, true);
        assertThat(ClipView.of(masking, WIDTH, HEIGHT))
                .isEqualTo(new ClipView(true, ClipView.Input.FRAMES, 1, false, WIDTH, HEIGHT));
    }
}
