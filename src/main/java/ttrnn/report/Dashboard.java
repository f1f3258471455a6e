package ttrnn.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import ttrnn.io.Json;
import ttrnn.train.EpochMetrics;
import ttrnn.train.TrainListener;

/**
 * A training as a page that lives: a server on this machine's loopback, whose address has a token that nobody can guess, and
 * server-sent events. The training only notes numbers; charts are drawn, on the server's threads, when a browser looks.
 */
public final class Dashboard implements TrainListener, AutoCloseable {
    private static final int TOKEN_BYTES = 16;
    private static final long POLL_MILLIS = 500;
    /** From one drawing of the curves to the next: they cost some 7 ms of a core, the numbers next to nothing. */
    private static final long DRAW_NANOS = 2_000_000_000L;

    /** Pages open at a time; a further one is refused, since each keeps a thread. */
    private static final int VIEWERS = 8;

    private static final String SCRIPT = """
            const text = (id, value) => document.getElementById(id).textContent = value;
            const source = new EventSource('events');
            source.addEventListener('progress', event => {
              const p = JSON.parse(event.data);
              document.getElementById('bar').value = p.share;
              for (const id of ['epoch', 'clips', 'rate', 'left', 'loss', 'accuracy', 'memory', 'note']) text(id, p[id]);
              document.title = p.percent + ' ' + document.querySelector('h1').textContent;
              text('state', 'training');
            });
            source.addEventListener('curves', event => {
              document.getElementById('curves').innerHTML = JSON.parse(event.data);
            });
            source.addEventListener('end', event => {
              source.close();
              text('state', JSON.parse(event.data));
            });
            source.onerror = () => {
              if (source.readyState !== EventSource.CLOSED) text('state', 'no connection, trying again');
            };
            """;

    private final HttpServer server;
    private final ExecutorService threads;
    private final String token;
    private final String page;
    private final LiveNumbers numbers;
    private int viewers;
    private volatile String ended = "";

    /**
     * Opens the page.
     *
     * @param port 0 for any that is free
     * @param title of the page
     * @param clips training clips of an epoch
     * @throws IOException if the port cannot be had
     */
    public Dashboard(int port, String title, int epochs, int clips) throws IOException {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes); // a secret, so none of the project's seeded randomness
        this.token = HexFormat.of().formatHex(bytes);
        this.numbers = new LiveNumbers(epochs, clips);
        this.page = page(title);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "dashboard");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The address of the page. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/";
    }

    private static String page(String title) {
        String body = "<p><progress id=\"bar\" max=\"1\" value=\"0\" style=\"width:100%\"></progress></p>\n"
                + "<p><b id=\"state\">connecting</b> <span class=\"dim\" id=\"note\"></span></p>\n<div class=\"numbers\">"
                + live("epoch", "epoch") + live("clips", "clips of the epoch") + live("rate", "clips a second")
                + live("left", "left") + live("loss", "loss of the last step")
                + live("accuracy", "accuracy of the epoch")
                + live("memory", "heap in use") + "</div>\n<div id=\"curves\"></div>\n";
        return Html.page(title, body, SCRIPT, "; connect-src 'self'");
    }

    private static String live(String id, String what) {
        return "<div><b id=\"" + id + "\">–</b><span>" + what + "</span></div>";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            int port = server.getAddress().getPort();
            // A page of another name that resolves to this machine must not look in.
            boolean local = host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
            String path = exchange.getRequestURI().getPath();
            if (!local || !knowsToken(path) || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            switch (path.substring(token.length() + 1)) {
                case "/" -> {
                    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
                case "/events" -> events(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private boolean knowsToken(String path) {
        int end = path.indexOf('/', 1);
        return end > 0
                && MessageDigest.isEqual(
                        path.substring(1, end).getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    private void events(HttpExchange exchange) throws IOException {
        synchronized (this) {
            if (viewers >= VIEWERS) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            viewers++;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            send(exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The browser was closed; the training does not mind.
        } finally {
            synchronized (this) {
                viewers--;
            }
        }
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        long drawn = -1;
        long drawnAt = System.nanoTime() - DRAW_NANOS;
        while (true) {
            String end = ended;
            LiveNumbers.Seen seen = numbers.see();
            event(out, "progress", seen.progress());
            boolean due = !end.isEmpty() || System.nanoTime() - drawnAt >= DRAW_NANOS;
            if (seen.version() != drawn && due) {
                drawn = seen.version();
                drawnAt = System.nanoTime();
                event(out, "curves", curves(seen));
            }
            if (!end.isEmpty()) {
                event(out, "end", end);
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static String curves(LiveNumbers.Seen seen) {
        String steps = seen.steps().length < 2
                ? ""
                : "<div class=\"charts fill\">"
                        + Chart.of(
                                seen.stepsEach() == 1
                                        ? "Loss of the steps"
                                        : "Loss, " + seen.stepsEach() + " steps a point",
                                "step",
                                List.of(new Chart.Line("loss", seen.steps())))
                        + "</div>";
        return (seen.epochs().isEmpty() ? "" : Curves.html(seen.epochs())) + steps;
    }

    private static void event(OutputStream out, String name, Object data) throws IOException {
        out.write(("event: " + name + "\ndata: " + Json.line(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void step(int epoch, int clips, double loss, double accuracy) {
        numbers.step(epoch, clips, loss, accuracy);
    }

    @Override
    public void epoch(EpochMetrics metrics) {
        numbers.epoch(metrics);
    }

    @Override
    public void message(String line) {
        numbers.message(line);
    }

    /** The last words for whoever looks. */
    public void end(String words) {
        ended = words;
    }

    /** Lets the browsers have the last events, then ends the server. */
    @Override
    public void close() {
        if (ended.isEmpty()) {
            ended = "ended";
        }
        try {
            for (int i = 0; i < 20; i++) {
                synchronized (this) {
                    if (viewers == 0) {
                        break;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS / 5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** For tests: what the page is told. */
    Map<String, Object> progress() {
        return numbers.see().progress();
    }
}
