package ttrnn.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How well one class was told.
 *
 * @param clips of the class
 * @param right those of them that were told
 * @param answers clips of which the model said that they are of the class
 * @param takenFor the class that the others were mostly taken for; empty if there are none
 */
record ClassScore(String name, int clips, int right, int answers, String takenFor) {
    static List<ClassScore> of(RunData run) {
        int[][] counts = run.confusion();
        List<ClassScore> scores = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int clips = 0;
            int answers = 0;
            int most = 0;
            String takenFor = "";
            for (int j = 0; j < counts.length; j++) {
                clips += counts[i][j];
                answers += counts[j][i];
                if (j != i && counts[i][j] > most) {
                    most = counts[i][j];
                    takenFor = run.classes().get(j);
                }
            }
            scores.add(new ClassScore(run.classes().get(i), clips, counts[i][i], answers, takenFor));
        }
        return scores;
    }

    /** Share of the clips of the class that were told; NaN if it has none. */
    double recall() {
        return (double) right / clips;
    }

    /** Share of the answers that were right; NaN if there are none. */
    double precision() {
        return (double) right / answers;
    }

    /** Harmonic mean of both; NaN for a class that has neither clips nor answers. */
    double f1() {
        return 2.0 * right / (clips + answers);
    }
}
