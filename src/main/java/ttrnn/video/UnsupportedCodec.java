package ttrnn.video;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names the codec of a clip that is refused, as far as that needs no parsing worth the name. */
final class UnsupportedCodec {
    /** Four-character codes of MP4 and AVI, and Matroska's codec names, in lower case. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("avc1", "H.264"),
            Map.entry("avc3", "H.264"),
            Map.entry("h264", "H.264"),
            Map.entry("x264", "H.264"),
            Map.entry("v_mpeg4/iso/avc", "H.264"),
            Map.entry("hvc1", "HEVC"),
            Map.entry("hev1", "HEVC"),
            Map.entry("hevc", "HEVC"),
            Map.entry("v_mpegh/iso/hevc", "HEVC"),
            Map.entry("av01", "AV1"),
            Map.entry("v_av1", "AV1"),
            Map.entry("vp80", "VP8"),
            Map.entry("vp08", "VP8"),
            Map.entry("v_vp8", "VP8"),
            Map.entry("vp90", "VP9"),
            Map.entry("vp09", "VP9"),
            Map.entry("v_vp9", "VP9"),
            Map.entry("mp4v", "MPEG-4 part 2"),
            Map.entry("v_mpeg4/iso/asp", "MPEG-4 part 2"),
            Map.entry("s263", "H.263"),
            Map.entry("h263", "H.263"),
            Map.entry("jpeg", "MJPEG"),
            Map.entry("mjpg", "MJPEG"),
            Map.entry("mjpa", "MJPEG"),
            Map.entry("v_mjpeg", "MJPEG"),
            Map.entry("div3", "MS-MPEG-4"),
            Map.entry("div4", "MS-MPEG-4"),
            Map.entry("mp42", "MS-MPEG-4"),
            Map.entry("mp43", "MS-MPEG-4"),
            Map.entry("mpg4", "MS-MPEG-4"),
            Map.entry("wmv1", "WMV"),
            Map.entry("wmv2", "WMV"),
            Map.entry("wmv3", "WMV"),
            Map.entry("wvc1", "WMV"),
            Map.entry("flv1", "Flash"),
            Map.entry("cvid", "Cinepak"),
            Map.entry("iv50", "Indeo"),
            Map.entry("hfyu", "Huffyuv"),
            Map.entry("ffv1", "FFV1"),
            Map.entry("dvsd", "DV"),
            Map.entry("\0\0\0\0", "uncompressed"),
            Map.entry("dib ", "uncompressed"));

    private static final Set<String> MPEG4 = Set.of(
            "xvid",
            "divx",
            "dx50",
            "fmp4",
            "mp4v",
            "mp4s",
            "m4s2",
            "3iv2",
            "rmp4",
            "ump4",
            "blz0",
            "ndig",
            "sedg",
            "v_mpeg4/iso/sp",
            "v_mpeg4/iso/asp",
            "v_mpeg4/iso/ap");

    private static final String UNNAMED = "an unknown codec's";

    private UnsupportedCodec() {}

    /** Whether AVI, MP4 and Matroska call MPEG-4 part 2 so; the names of the encoders that wrote it are many. */
    static boolean isMpeg4(String code) {
        return MPEG4.contains(code.toLowerCase(Locale.ROOT));
    }

    /** Whether an AVI with this code holds a JPEG a frame. */
    static boolean isMjpeg(String code) {
        return "MJPEG".equals(ofCode(code));
    }

    /** Whether MP4 or Matroska call H.264 so. */
    static boolean isH264(String code) {
        return "H.264".equals(NAMES.get(code.toLowerCase(Locale.ROOT)));
    }

    /** The name for {@code code}, or the code itself in quotes. */
    static String ofCode(String code) {
        String known = NAMES.get(code.toLowerCase(Locale.ROOT));
        return known != null ? known : "'" + code.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    /** The codec of a clip in {@code container}; {@code in} stands at its beginning. */
    static String name(ClipContainer container, ClipInput in) throws IOException {
        return switch (container) {
            case FLV -> "Flash or H.264";
            case OGG -> "Theora";
            case ASF -> "WMV";
            case REAL -> "RealVideo";
            case GIF -> "GIF";
            case H264_VIDEO -> "bare H.264 or HEVC";
            default -> UNNAMED;
        };
    }
}
