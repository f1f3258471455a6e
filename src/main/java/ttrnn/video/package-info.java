/**
 * Clips to frames: containers, decoders, colour and size. The only package that touches JCodec.
 *
 * <p>{@link ttrnn.video.FrameSources} opens a clip by what is in it; {@link ttrnn.video.FrameSource} gives its pictures
 * one by one; {@link ttrnn.video.FrameResizer} makes RGB frames of them. Below, each format is a chain: the file
 * ({@code ClipInput}), the container ({@code ProgramStream}, {@code AviReader}), one coded picture at a time
 * ({@code MpegPictureReader}, {@code Mpeg4PictureReader}), the decoder with the order of display
 * ({@code MpegFrameSource}, {@code Mpeg4FrameSource}). Memory is a few pictures a clip, whatever the clip's length.
 */
@NullMarked
package ttrnn.video;

import org.jspecify.annotations.NullMarked;
