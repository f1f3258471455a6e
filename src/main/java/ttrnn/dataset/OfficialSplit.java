package ttrnn.dataset;

import java.util.ArrayList;
import java.util.List;

/** The split that a data set's own lists give; clips that are in none of them are left out. */
final class OfficialSplit {
    private OfficialSplit() {}

    static Split of(List<ClipRecord> clips) {
        List<String> train = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        List<String> test = new ArrayList<>();
        int outside = 0;
        for (ClipRecord clip : clips) {
            switch (clip.part() == null ? "" : clip.part()) {
                case "train" -> train.add(clip.id());
                case "validation" -> validation.add(clip.id());
                case "test" -> test.add(clip.id());
                default -> outside++;
            }
        }
        if (outside == clips.size()) {
            throw DatasetException.usage("split official: no clip of the store is in an official list;"
                    + " put the lists beside the clips and run prepare again, or choose --split group");
        }
        List<String> notes = outside == 0
                ? List.of()
                : List.of(outside + (outside == 1 ? " clip is" : " clips are")
                        + " in none of the official lists and left out");
        return new Split(train, validation, test, notes);
    }
}
