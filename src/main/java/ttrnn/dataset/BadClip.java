package ttrnn.dataset;

/**
 * A clip that could not be decoded whole.
 *
 * @param clip path of the clip under the source folder
 * @param reason what is wrong with it, on one line
 * @param frames frames of it that the store keeps, mostly 0
 */
public record BadClip(String clip, String reason, int frames) {}
