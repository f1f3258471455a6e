package ttrnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the floors of docs/architecture.md: a package uses only what stands below it. */
class ArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("ttrnn");
    }

    @Test
    void aPackageUsesOnlyTheFloorsBelowIt() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("kernel")
                .definedBy("ttrnn.kernel")
                .layer("kernel.vector")
                .definedBy("ttrnn.kernel.vector")
                .layer("tensor")
                .definedBy("ttrnn.tensor")
                .layer("autograd")
                .definedBy("ttrnn.autograd")
                .layer("tt")
                .definedBy("ttrnn.tt..")
                .layer("video")
                .definedBy("ttrnn.video..")
                .layer("io")
                .definedBy("ttrnn.io")
                .layer("nn")
                .definedBy("ttrnn.nn..")
                .layer("dataset")
                .definedBy("ttrnn.dataset..")
                .layer("train")
                .definedBy("ttrnn.train..")
                .optionalLayer("report")
                .definedBy("ttrnn.report..")
                .layer("cli")
                .definedBy("ttrnn.cli..")
                .whereLayer("kernel.vector")
                .mayOnlyAccessLayers("kernel")
                .whereLayer("kernel")
                .mayNotAccessAnyLayer()
                .whereLayer("tensor")
                .mayNotAccessAnyLayer()
                .whereLayer("autograd")
                .mayOnlyAccessLayers("kernel", "tensor")
                .whereLayer("tt")
                .mayOnlyAccessLayers("autograd", "kernel", "tensor")
                .whereLayer("video")
                .mayOnlyAccessLayers("tensor", "kernel")
                .whereLayer("io")
                .mayOnlyAccessLayers("tensor", "kernel")
                .whereLayer("nn")
                .mayOnlyAccessLayers("tt", "autograd", "kernel", "tensor")
                .whereLayer("dataset")
                .mayOnlyAccessLayers("video", "io", "kernel", "tensor")
                .whereLayer("train")
                .mayOnlyAccessLayers("dataset", "nn", "io", "tt", "autograd", "kernel", "tensor")
                .whereLayer("report")
                .mayOnlyAccessLayers("train", "dataset", "nn", "io", "tt", "autograd", "kernel", "tensor")
                .check(classes);
    }

    @Test
    void onlyTheVideoPackageTouchesJcodec() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ttrnn.video..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jcodec..")
                .check(classes);
    }

    @Test
    void onlyOneFileTouchesEjml() {
        noClasses()
                .that()
                .haveNameNotMatching("ttrnn\\.tt\\.LinearAlgebra(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ejml..")
                .check(classes);
        // Its classes that work on several threads are named *_MT_*; they may sum in another order.
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.ejml\\..*(_MT_.*|EjmlConcurrency)")
                .check(classes);
    }

    @Test
    void framesNeverPassThroughAwtButThoseThatAreSinglePictures() {
        noClasses()
                .that()
                .resideInAnyPackage("ttrnn.video..", "ttrnn.dataset..")
                .and()
                .haveNameNotMatching("ttrnn\\.video\\.(PictureFolder|PictureSheet).*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..", "org.jcodec.javase..")
                .check(classes);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ttrnn.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(classes);
    }

    /** Math's transcendental functions may differ in the last bit between machines. */
    @Test
    void transcendentalFunctionsComeFromStrictMath() {
        var rule = noClasses().should().callMethod(Math.class, "log", double.class);
        for (String name :
                new String[] {"log10", "log1p", "exp", "expm1", "sin", "cos", "tan", "tanh", "sinh", "cosh"}) {
            rule = rule.orShould().callMethod(Math.class, name, double.class);
        }
        rule.orShould()
                .callMethod(Math.class, "pow", double.class, double.class)
                .check(classes);
    }
}
