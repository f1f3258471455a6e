package ttrnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.testing.TinyStore;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainListener;
import ttrnn.train.TrainRun;

/** Compiles and runs the programs in src/examples, and compares docs/library.md with them. */
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/examples");

    @TempDir
    static Path folder;

    private static URLClassLoader examples;

    @BeforeAll
    static void compile() throws Exception {
        List<String> line = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all",
                "-Werror",
                "--release",
                "17",
                "-d",
                folder.resolve("classes").toString()));
        line.addAll(List.of("-cp", classPath()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.sorted().forEach(file -> line.add(file.toString()));
        }
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler().run(null, words, words, line.toArray(String[]::new));
        assertThat(exit).as(words.toString(StandardCharsets.UTF_8)).isZero();
        examples = new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()}, ExamplesTest.class.getClassLoader());
    }

    /** Where the library and what it needs come from, whoever loaded them. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(ExamplesTest.class, TrainRun.class, org.jspecify.annotations.Nullable.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    private static synchronized String run(String name) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            examples.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static double numberAfter(String words, String text) {
        Matcher number = Pattern.compile(Pattern.quote(words) + "([0-9.]+)").matcher(text);
        assertThat(number.find()).as(text).isTrue();
        return Double.parseDouble(number.group(1));
    }

    @Test
    void slowAndFastSineWavesAreTold() throws Exception {
        assertThat(numberAfter("accuracy on waves it has not seen: ", run("SineWaves")))
                .isGreaterThan(0.9);
    }

    @Test
    void dotsThatMoveLeftAndRightAreTold() throws Exception {
        assertThat(numberAfter("accuracy on clips it has not seen: ", run("MovingDots")))
                .isGreaterThan(0.7);
    }

    @Test
    void aCompressedLayerKeepsTheErrorAskedFor() throws Exception {
        String out = run("CompressedLayer");
        assertThat(out.lines()).hasSize(3);
        out.lines()
                .forEach(line -> assertThat(numberAfter("relative error ", line))
                        .isLessThanOrEqualTo(numberAfter("asked: ", line)));
        assertThat(numberAfter("", out.lines().skip(2).findFirst().orElseThrow()))
                .isLessThan(15360 / 4.0);
    }

    @Test
    void theGradientOfAnOwnLayerIsChecked() throws Exception {
        assertThat(run("OwnLayer")).isEqualTo("the gradient is right\n");
    }

    @Test
    void theServiceClassifiesUploadsOfManyAtOnce() throws Exception {
        Path store = TinyStore.write(folder.resolve("store"), 2, 1);
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":1}"));
        Path run = folder.resolve("run");
        new TrainRun(ClipStore.open(store), config)
                .run(RunFolder.create(run), RunOptions.of("test"), new TrainListener() {});
        HttpServer server = (HttpServer) examples.loadClass("ClassifyService")
                .getMethod("start", Path.class, int.class)
                .invoke(null, run, 0);
        try {
            HttpClient client = HttpClient.newHttpClient();
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/classify/clip.npy";
            HttpRequest upload = HttpRequest.newBuilder(URI.create(address))
                    .POST(HttpRequest.BodyPublishers.ofFile(store.resolve("frames/dark-a-0.npy")))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(client.sendAsync(upload, HttpResponse.BodyHandlers.ofString()));
            }
            String first = answers.get(0).get().body();
            assertThat(Json.parse(first).names()).containsExactly("label", "p(bright)", "p(dark)");
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).isEqualTo(first);
            }
            HttpRequest nonsense = HttpRequest.newBuilder(URI.create(address))
                    .POST(HttpRequest.BodyPublishers.ofString("nonsense"))
                    .build();
            HttpResponse<String> refused = client.send(nonsense, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).startsWith("{\"error\":");
        } finally {
            server.stop(0);
            ((ExecutorService) server.getExecutor()).shutdownNow();
        }
    }

    /** Whatever code docs/library.md shows stands in an example, line for line. */
    @Test
    void theDocumentationShowsTheExamplesAsTheyAre() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file).replaceAll("(?m)^ +", ""));
            }
        }
        String docs = Files.readString(Path.of("docs/library.md"));
        Matcher code = Pattern.compile("(?s)```java\n(.*?)```").matcher(docs);
        int blocks = 0;
        while (code.find()) {
            blocks++;
            assertThat(all.toString()).contains(code.group(1).replaceAll("(?m)^ +", ""));
        }
        assertThat(blocks).isGreaterThanOrEqualTo(3);
    }
}
