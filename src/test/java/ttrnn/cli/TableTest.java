package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersStandToTheRightAndWordsToTheLeft() {
        Table table =
                Table.of("model", "accuracy", "note").row("tt-gru", 0.8125, "").row("gru", "-", "dense");
        assertThat(table.toString()).isEqualTo("""
                        model   accuracy  note
                        tt-gru    0.8125
                        gru            -  dense
                        """);
    }

    @Test
    void aPlainTableHasNoHeader() {
        assertThat(Table.plain().row("clips", 7).row("frames", 1050).toString()).isEqualTo("clips   7\nframes  1050\n");
        assertThat(Table.plain().toString()).isEmpty();
    }
}
