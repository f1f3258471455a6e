package ttrnn.dataset;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a data set tells class and group of a clip by the clip's path. A layout knows nothing of files: it maps a path
 * under the source folder to a label and a group, or says that the path is not one of its own.
 */
public enum Layout {
    /** UCF11 (YouTube Action): {@code biking/v_biking_01/v_biking_01_01.mpg}; class = folder, group = {@code 01}. */
    UCF11("class/v_name_GG/v_name_GG_CC", true) {
        private final Pattern path = Pattern.compile("([^/]+)/v_[^/]+/v_[^/]+_(\\d+)_\\d+");

        @Override
        @Nullable
        Naming parse(String stem) {
            Matcher m = path.matcher(stem);
            return m.matches() ? new Naming(m.group(1), m.group(2)) : null;
        }
    },

    /** UCF101: {@code v_Archery_g08_c01.avi}, in a folder of the class or not; group = {@code g08}. */
    UCF101("v_Class_gGG_cCC", false) {
        @Override
        @Nullable
        Naming parse(String stem) {
            return UcfNames.parse(stem);
        }
    },

    /** UCF50, named as UCF101. */
    UCF50("v_Class_gGG_cCC", false) {
        @Override
        @Nullable
        Naming parse(String stem) {
            return UcfNames.parse(stem);
        }
    },

    /** KTH: {@code person01_boxing_d1_uncomp.avi}; group = {@code person01}, the scenario d1 … d4 is not kept. */
    KTH("personNN_action_dN", false) {
        private final Pattern name = Pattern.compile("(?:.*/)?(person\\d+)_([a-z]+)_d\\d+(?:_uncomp)?");

        @Override
        @Nullable
        Naming parse(String stem) {
            Matcher m = name.matcher(stem);
            return m.matches() ? new Naming(m.group(2), m.group(1)) : null;
        }
    },

    /**
     * Weizmann: {@code daria_bend.avi}; group = the person. The ten actions are closed: {@code wave1} and {@code wave2}
     * are two of them (one hand, both hands), but {@code lena_run1} and {@code lena_run2} are two takes of {@code run}.
     */
    WEIZMANN("person_action", false) {
        private final Pattern name =
                Pattern.compile("(?:.*/)?([a-z]+)_(?:(wave[12])|(bend|jack|jump|pjump|run|side|skip|walk)\\d?)");

        @Override
        @Nullable
        Naming parse(String stem) {
            Matcher m = name.matcher(stem.toLowerCase(Locale.ROOT));
            return m.matches() ? new Naming(m.group(2) != null ? m.group(2) : m.group(3), m.group(1)) : null;
        }
    },

    /**
     * HMDB51: {@code brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_0.avi}; class = the clip's folder, group = the film it
     * was cut from, {@code April_09}.
     */
    HMDB51("class/film_class_u_nm_np1_ba_goo_N", false) {
        private final Pattern path =
                Pattern.compile("(?:.*/)?([^/]+)/([^/]+)_[fhlu]_(?:cm|nm)_np\\w?_(?:ba|fr|le|ri)_(?:bad|goo|med)_\\d+");

        @Override
        @Nullable
        Naming parse(String stem) {
            Matcher m = path.matcher(stem);
            if (!m.matches()) {
                return null;
            }
            String label = m.group(1);
            String film = m.group(2);
            return new Naming(
                    label, film.endsWith("_" + label) ? film.substring(0, film.length() - label.length() - 1) : film);
        }
    },

    /** Hollywood2: {@code AVIClips/actioncliptrain00001.avi}, whose classes, several at times, are in {@code ClipSets}. */
    HOLLYWOOD2("actioncliptrain00001 or the like", false) {
        private final Pattern name = Pattern.compile("(?:.*/)?(?:action|scene)clip(?:test|train|autoautotrain)\\d+");

        @Override
        @Nullable
        Naming parse(String stem) {
            return name.matcher(stem).matches() ? new Naming("", null) : null;
        }
    },

    /**
     * YouTube Celebrities: {@code 0456_03_007_bill_clinton.avi}, the number of the clip, of the person's video, and of the
     * piece of it; group = {@code bill_clinton_03}. Else face tracks: {@code person/track}, a folder of pictures or a clip,
     * each its own group, or {@code person/video/track} with the video for the group.
     */
    FACES("NNNN_VV_SSS_name_surname or person/track", false) {
        private final Pattern name = Pattern.compile("(?:.*/)?\\d+_(\\d+)_\\d+_([^/]*[^/\\d_][^/]*)");
        private final Pattern track = Pattern.compile("([^/]+)/(?:(.+)/)?([^/]+)");

        @Override
        @Nullable
        Naming parse(String stem) {
            Matcher m = name.matcher(stem);
            if (m.matches()) {
                return new Naming(m.group(2), m.group(2) + "_" + m.group(1));
            }
            Matcher t = track.matcher(stem);
            if (!t.matches()) {
                return null;
            }
            return new Naming(t.group(1), t.group(1) + "/" + (t.group(2) == null ? t.group(3) : t.group(2)));
        }

        @Override
        boolean recognises(String stem) {
            return name.matcher(stem).matches();
        }
    },

    /** A list of the clips, {@code clips.csv}: not by their paths at all. */
    CSV("clips.csv", false) {
        @Override
        @Nullable
        Naming parse(String stem) {
            return null;
        }
    },

    /** A folder for each class, clips in it at any depth; no groups. */
    FOLDERS("class/clip", true) {
        @Override
        @Nullable
        Naming parse(String stem) {
            int slash = stem.indexOf('/');
            return slash < 0 ? null : new Naming(stem.substring(0, slash), null);
        }
    };

    private final String pattern;
    private final boolean labelIsFolder;

    Layout(String pattern, boolean labelIsFolder) {
        this.pattern = pattern;
        this.labelIsFolder = labelIsFolder;
    }

    /**
     * What a clip's path says.
     *
     * @param label name of the class
     * @param group null where the layout has no groups
     */
    record Naming(String label, @Nullable String group) {}

    /** Label and group by the path under the source folder, {@code /} between, no extension; null if it does not fit. */
    @Nullable
    abstract Naming parse(String stem);

    /** Whether a clip of that path speaks for this layout, so that it need not be asked for. */
    boolean recognises(String stem) {
        return parse(stem) != null;
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a path looks like, for messages. */
    public String pattern() {
        return pattern;
    }

    /** Whether each folder in the source folder is a class. */
    boolean labelIsFolder() {
        return labelIsFolder;
    }

    /** The names shared by UCF50 and UCF101. */
    private static final class UcfNames {
        private static final Pattern NAME = Pattern.compile("(?:.*/)?v_(.+)_(g\\d+)_c\\d+");

        @Nullable
        static Naming parse(String stem) {
            Matcher m = NAME.matcher(stem);
            return m.matches() ? new Naming(m.group(1), m.group(2)) : null;
        }
    }
}
