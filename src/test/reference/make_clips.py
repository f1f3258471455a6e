"""Makes the small clips of src/test/resources/clips from FFmpeg's test picture, and expected.json: for each clip that is
decoded, size, rate and the CRC-32 of every frame's planes (I420 at picture size, turned as the clip says) as FFmpeg gives
them. Run once with FFmpeg 5.1; the tests need neither Python nor FFmpeg.

    python3 src/test/reference/make_clips.py
"""
import json
import pathlib
import subprocess
import zlib

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "clips"
SOURCE = ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=25:duration=0.48,rotate=t"]
ODD = ["-f", "lavfi", "-i", "testsrc2=size=90x50:rate=30:duration=0.4"]
SHORT = ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=0.08"]
X264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20", "-threads", "1", "-g", "12", "-bf", "3"]
# "-flags bitexact" makes FFmpeg's decoder exact too: without it, means that round down are near ones.
EXACT = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def make(name, *arguments, source=SOURCE):
    ffmpeg(*source, *arguments, *EXACT, str(OUT / name))
    return name


def copy(name, of, *arguments):
    ffmpeg("-i", str(OUT / of), "-c", "copy", *arguments, "-fflags", "+bitexact", str(OUT / name))
    return name


def h264(name, options, *more, source=SOURCE):
    return make(name, *X264, "-x264-params", options, *more, source=source)


OUT.mkdir(parents=True, exist_ok=True)
SLOW = "direct=spatial:ref=4:b-pyramid=normal:b-adapt=2:weightb=1:weightp=2:8x8dct=1:partitions=all:subme=9:trellis=2"
decoded = [
    h264("h264.mp4", SLOW),
    copy("h264.mov", "h264.mp4"),
    copy("h264.mkv", "h264.mp4"),
    h264("h264-weighted-b-only.mp4", "direct=spatial:b-adapt=0:weightb=1:weightp=0"),
    h264("h264-unfiltered.mp4", "direct=spatial:b-adapt=0:no-deblock=1"),
    h264("h264-cavlc-slices.mp4", "direct=spatial:cabac=0:slices=3:8x8dct=0",
         source=ODD),
    h264("h264-full-range.mp4", "direct=spatial:fullrange=on", "-pix_fmt", "yuvj420p"),
    copy("h264-turned-90.mp4", "h264.mp4", "-metadata:s:v", "rotate=90"),
    copy("h264-turned-180.mp4", "h264.mp4", "-metadata:s:v", "rotate=180"),
    copy("h264-turned-270.mov", "h264.mp4", "-metadata:s:v", "rotate=270"),
    h264("h264-uneven-times.mp4", "direct=spatial", "-vf", "setpts=N*(1+mod(N\\,3))/25/TB/2", "-vsync", "vfr"),
    make("h264.ts", *X264, "-f", "mpegts", source=SHORT),
    make("h264-with-sound.m2ts", "-f", "lavfi", "-i", "sine=duration=0.48", *X264, "-x264-params", "direct=spatial:b-adapt=0",
         "-c:a", "mp2", "-b:a", "32k", "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
    make("mpeg1.ts", "-c:v", "mpeg1video", "-bf", "2", "-q:v", "8", "-f", "mpegts"),
    make("mpeg2-with-sound.ts", "-f", "lavfi", "-i", "sine=duration=0.48", "-c:v", "mpeg2video", "-bf", "2", "-q:v",
         "8", "-c:a", "mp2", "-b:a", "32k", "-f", "mpegts"),
    make("mpeg1.mpg", "-c:v", "mpeg1video", "-bf", "2", "-q:v", "4", "-f", "mpeg"),
    make("mpeg4.avi", "-c:v", "mpeg4", "-bf", "2", "-q:v", "6", "-threads", "1"),
    make("mpeg4.mp4", "-c:v", "mpeg4", "-bf", "2", "-q:v", "8", "-flags:v", "+mv4+aic", "-mbd", "rd"),
    copy("mpeg4.mkv", "mpeg4.mp4"),
    copy("mpeg4.m4v", "mpeg4.avi", "-f", "m4v"),
    make("mpeg2.m2v", "-c:v", "mpeg2video", "-q:v", "8", source=SHORT),
    copy("mpeg4-turned-90.mp4", "mpeg4.mp4", "-metadata:s:v", "rotate=90"),
    make("mpeg4-packets-matrix.avi", "-c:v", "mpeg4", "-bf", "1", "-q:v", "3", "-ps", "100", "-mpeg_quant", "1",
         "-vf", "scroll=h=0.1:v=0.07", source=ODD),
    make("mpeg4-quarter.avi", "-c:v", "mpeg4", "-bf", "2", "-q:v", "4", "-flags:v", "+qpel+mv4", "-mbd", "rd", "-vf",
         "scroll=h=0.1:v=0.07", source=ODD),
    make("mpeg4-coarse.avi", "-c:v", "mpeg4", "-q:v", "31", "-vf", "scroll=h=-0.1:v=0.09", source=ODD),
    make("mpeg4-xvid.avi", "-c:v", "libxvid", "-q:v", "6", "-flags:v", "+mv4"),
    make("mpeg2-422.mpg", "-c:v", "mpeg2video", "-pix_fmt", "yuv422p", "-bf", "2", "-q:v", "5", "-vf",
         "scroll=h=0.05:v=0.07", "-f", "vob", source=ODD),
    make("mpeg2-scales.ts", "-c:v", "mpeg2video", "-bf", "1", "-q:v", "2", "-non_linear_quant", "1", "-intra_vlc", "1",
         "-dc", "10", "-qmax", "28", "-f", "mpegts", source=ODD),
    make("mpeg2.m2ts", "-c:v", "mpeg2video", "-bf", "2", "-q:v", "8", "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
]
# Decoded, but not to the bit: the two frames as FFmpeg has them lie beside it.
make("mjpeg.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "6", source=SHORT)
ffmpeg("-i", str(OUT / "mjpeg.avi"), "-f", "rawvideo", "-pix_fmt", "yuvj420p", str(OUT / "mjpeg.yuv"))
# Refused.
h264("h264-temporal.mp4", "direct=temporal:b-adapt=0:weightb=0")
h264("h264-interlaced.mp4", "interlaced=1", source=SHORT)
h264("h264-constrained.mp4", "constrained-intra=1", source=SHORT)
make("h264-10-bit.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p10le", source=SHORT)
make("h264-444.mp4", "-c:v", "libx264", "-pix_fmt", "yuv444p", source=SHORT)
make("h264-fragmented.mp4", *X264, "-movflags", "frag_keyframe+empty_moov", source=SHORT)
make("hevc.mp4", "-c:v", "libx265", "-x265-params", "log-level=none", source=SHORT)
make("mpeg2-interlaced.mpg", "-c:v", "mpeg2video", "-flags:v", "+ilme+ildct", "-f", "vob", source=SHORT)
make("mpeg4-interlaced.avi", "-c:v", "mpeg4", "-flags:v", "+ilme+ildct", source=SHORT)
make("mpeg4-partitions.avi", "-c:v", "mpeg4", "-data_partitioning", "1", source=SHORT)
make("vp8.webm", "-c:v", "libvpx", source=SHORT)
make("mjpeg-422.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj422p", "-q:v", "8", source=SHORT)
make("msmpeg4.avi", "-c:v", "msmpeg4", source=SHORT)
make("flash.flv", "-c:v", "flv", source=SHORT)


def every_second_chroma_row(planes, width, height):
    """4:2:2 as 4:2:0 the way FFmpeg's conversion to RGB reads it, whatever the row below says."""
    half, frames = (width + 1) // 2, b""
    for at in range(0, len(planes), (width + 2 * half) * height):
        frames += planes[at:at + width * height]
        for chroma in (at + width * height, at + (width + half) * height):
            for row in range(0, height, 2):
                frames += planes[chroma + row * half:chroma + (row + 1) * half]
    return frames


expected = {}
for name in decoded:
    probe = json.loads(subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v", "-show_streams", "-of", "json", str(OUT / name)],
        check=True, capture_output=True).stdout)["streams"][0]
    frame_format = "yuvj420p" if probe["pix_fmt"] == "yuvj420p" else "yuv420p"
    tall = probe["pix_fmt"] == "yuv422p"
    planes = subprocess.run(
        ["ffmpeg", "-v", "error", "-flags", "+bitexact", "-i", str(OUT / name), "-f", "rawvideo", "-vsync", "passthrough", "-pix_fmt",
         "yuv422p" if tall else frame_format, "-"], check=True, capture_output=True).stdout
    width, height = probe["width"], probe["height"]
    if "-90." in name or "-270." in name:
        width, height = height, width
    if tall:
        planes = every_second_chroma_row(planes, width, height)
    size = width * height + 2 * ((width + 1) // 2) * ((height + 1) // 2)
    assert len(planes) % size == 0, name
    expected[name] = {
        "width": width, "height": height, "frames": len(planes) // size,
        "i420_crc32": [zlib.crc32(planes[i:i + size]) for i in range(0, len(planes), size)],
    }
lines = [f'"{name}": {json.dumps(value)}' for name, value in expected.items()]
(OUT / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
