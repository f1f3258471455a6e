package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class KernelsTest {
    @Test
    void thePlainKernelsCanBeAskedFor() {
        Kernels.Choice choice = Kernels.choose("scalar");
        assertThat(choice.kernels().name()).isEqualTo("scalar");
        assertThat(choice.reason()).isEqualTo("asked for by -Dttrnn.kernels=scalar");
    }

    @Test
    void anUnknownChoiceIsAnErrorThatNamesTheKnownOnes() {
        assertThatThrownBy(() -> Kernels.choose("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kernels: -Dttrnn.kernels must be auto, scalar or vector, not \"gpu\"");
    }

    @Test
    void vectorKernelsThatCannotRunAreAnErrorThatSaysWhy() {
        if (Kernels.choose("auto").kernels().name().startsWith("vector")) {
            assertThat(Kernels.choose("vector").kernels().name()).startsWith("vector");
            assertThat(Kernels.choose("auto").reason()).isEqualTo("the Vector API's preferred width");
        } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            assertThatThrownBy(() -> Kernels.choose("vector"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("kernels: -Dttrnn.kernels=vector, but the module jdk.incubator.vector is absent"
                            + " (start Java with --add-modules jdk.incubator.vector)");
        }
    }

    @Test
    void theChoiceIsDescribed() {
        assertThat(Kernels.describe()).isEqualTo(Kernels.get().name());
        assertThat(Kernels.reason()).isNotEmpty();
    }
}
