package ttrnn.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Containers known by the first bytes of a file. */
enum ClipContainer {
    MPEG_PS("MPEG-PS"),
    MPEG_VIDEO("MPEG video stream"),
    MPEG_TS("MPEG-TS"),
    AVI("AVI"),
    MP4("MP4"),
    MOV("MOV"),
    MATROSKA("Matroska"),
    WEBM("WebM"),
    FLV("FLV"),
    OGG("Ogg"),
    ASF("ASF (WMV)"),
    REAL("RealMedia"),
    GIF("GIF"),
    MPEG4_VIDEO("MPEG-4 video stream"),
    H264_VIDEO("H.264 video stream"),
    UNKNOWN("unknown");

    /** Enough for the second and third packet of a transport stream, and for Matroska's document type. */
    static final int PROBE_BYTES = 2 * 204 + 8;

    private final String title;

    ClipContainer(String title) {
        this.title = title;
    }

    /** As a message names it. */
    String title() {
        return title;
    }

    /** Looks at the first bytes of {@code in}. */
    static ClipContainer of(ClipInput in) throws IOException {
        byte[] head = new byte[PROBE_BYTES];
        int length = in.readFully(head, 0, head.length);
        String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\0\0\1")) {
            return length > 3 ? ofStartCode(head[3] & 0xff) : UNKNOWN;
        }
        if (text.startsWith("\0\0\0\1")) {
            return H264_VIDEO;
        }
        if (text.startsWith("RIFF") && text.startsWith("AVI ", 8)) {
            return AVI;
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return text.contains("webm") ? WEBM : MATROSKA;
        }
        if (isMp4(text)) {
            return text.startsWith("ftypqt  ", 4) || !text.startsWith("ftyp", 4) ? MOV : MP4;
        }
        if (TransportStream.packetBytes(head, length) > 0) {
            return MPEG_TS;
        }
        return ofText(text);
    }

    private static ClipContainer ofStartCode(int code) {
        if (code == 0xb3) {
            return MPEG_VIDEO;
        }
        if (code == 0xb0 || code == 0xb5 || code < 0x30) {
            return MPEG4_VIDEO;
        }
        return code == 0xba || code == 0xbb || code >= 0xbd ? MPEG_PS : UNKNOWN;
    }

    private static boolean isMp4(String text) {
        for (String box : new String[] {"ftyp", "moov", "mdat", "wide", "free", "skip"}) {
            if (text.startsWith(box, 4)) {
                return true;
            }
        }
        return false;
    }

    private static ClipContainer ofText(String text) {
        if (text.startsWith("FLV")) {
            return FLV;
        }
        if (text.startsWith("OggS")) {
            return OGG;
        }
        if (text.startsWith("0&\u00b2u")) {
            return ASF;
        }
        if (text.startsWith(".RMF")) {
            return REAL;
        }
        return text.startsWith("GIF8") ? GIF : UNKNOWN;
    }
}
