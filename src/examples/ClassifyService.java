import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import ttrnn.dataset.ClipReader;
import ttrnn.io.Json;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.Evaluation;
import ttrnn.train.ModelFile;
import ttrnn.video.DecodeLimits;
import ttrnn.video.FrameSources;

/**
 * Classifies uploaded clips: java -cp ttrnn.jar ClassifyService.java RUN 8080, then curl --data-binary @clip.mpg
 * localhost:8080/classify/clip.mpg
 */
public final class ClassifyService {
    private static final long LARGEST_UPLOAD = 256L << 20;

    public static void main(String[] args) throws IOException {
        HttpServer server = start(Path.of(args[0]), Integer.parseInt(args[1]));
        System.out.println("listening on port " + server.getAddress().getPort());
    }

    /** One model serves all threads: a prediction changes nothing of it. */
    public static HttpServer start(Path run, int port) throws IOException {
        ModelFile model = ModelFile.read(run);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/classify/", exchange -> classify(model, exchange));
        server.start();
        return server;
    }

    private static void classify(ModelFile model, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String ending = path.endsWith(".npy") ? ".npy" : ".clip";
            Path upload = Files.createTempFile("upload", ending);
            int status = 200;
            Map<String, Object> answer = new LinkedHashMap<>();
            try {
                save(exchange.getRequestBody(), upload);
                ClipReader reader = new ClipReader(
                        model.preprocessing(), clip -> FrameSources.open(clip, DecodeLimits.defaults()));
                FrameSequence frames = reader.read(
                        upload, model.config().maxLength(), model.config().cutEnd());
                float[] p = Evaluation.probabilities(
                                model.model(), List.of(frames), model.config().inputScale())
                        .get(0);
                answer.put("label", model.classes().get(Evaluation.best(p)));
                for (int j = 0; j < p.length; j++) {
                    answer.put("p(" + model.classes().get(j) + ")", p[j]);
                }
            } catch (IOException e) {
                status = 400;
                answer.put("error", String.valueOf(e.getMessage()).replace(upload.toString(), "the clip"));
            } finally {
                Files.delete(upload);
            }
            byte[] json = Json.line(answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private static void save(InputStream body, Path target) throws IOException {
        try (InputStream limited = new LimitedInput(body)) {
            Files.copy(limited, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Ends an upload that is too large. */
    private static final class LimitedInput extends java.io.FilterInputStream {
        private long left = LARGEST_UPLOAD;

        LimitedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = super.read(target, offset, count);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("the clip is larger than " + LARGEST_UPLOAD + " bytes");
            }
            return read;
        }
    }
}
