package ttrnn.video;

/**
 * What a clip's headers say.
 *
 * @param container for example {@code MPEG-PS} or {@code AVI}
 * @param codec for example {@code MPEG-1} or {@code MPEG-4 part 2}
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param framesPerSecond nominal rate; 0 if the clip does not say
 */
public record ClipFormat(String container, String codec, int width, int height, double framesPerSecond) {}
