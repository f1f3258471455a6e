package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final int CLASS_FILE_OF_JAVA_8 = 52;
    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    @Test
    void java8CanLoadTheEntryOfTheJar() throws IOException {
        assertThat(classFileVersion(Start.class)).isEqualTo(CLASS_FILE_OF_JAVA_8);
        assertThat(classFileVersion(Main.class)).isEqualTo(CLASS_FILE_OF_JAVA_17);
    }

    @Test
    void anOldJavaIsToldSo() {
        assertThat(Start.complaintAbout("1.8")).startsWith("ttrnn: Java 17 or newer is needed, this is Java 1.8");
        assertThat(Start.complaintAbout("11")).contains("this is Java 11").doesNotContain("\n");
        assertThat(Start.complaintAbout("17")).isNull();
        assertThat(Start.complaintAbout("25")).isNull();
    }

    private static int classFileVersion(Class<?> type) throws IOException {
        try (DataInputStream in = new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            in.skipBytes(6); // magic number and minor version
            return in.readUnsignedShort();
        }
    }
}
