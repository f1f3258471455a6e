package ttrnn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page in Chromium without a screen, spoken to over its DevTools protocol by the JDK's WebSocket. Requests, console
 * messages of level error and exceptions are collected from before the page opens.
 */
public final class Browser implements AutoCloseable {
    private static final String PROGRAM = System.getProperty("ttrnn.chromium", "chromium");
    private static final int PATIENCE_SECONDS = 120;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private Browser(Process process, Path profile, int port, String target) throws Exception {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/devtools/page/" + target), new Inbox())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Starts the browser, which needs some seconds. */
    public static Browser start() throws Exception {
        Path profile = Files.createTempDirectory("ttrnn-browser");
        Process process = new ProcessBuilder(
                        PROGRAM,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        Path portFile = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < PATIENCE_SECONDS * 10 && !(Files.exists(portFile) && Files.size(portFile) > 0); i++) {
            if (!process.isAlive()) {
                throw new IOException("chromium ended: " + Files.readString(profile.resolve("output.txt")));
            }
            Thread.sleep(100);
        }
        int port = Integer.parseInt(Files.readAllLines(portFile).get(0));
        JsonNode targets = JSON.readTree(
                URI.create("http://127.0.0.1:" + port + "/json/list").toURL());
        for (JsonNode target : targets) {
            if (target.get("type").asText().equals("page")) {
                return new Browser(process, profile, port, target.get("id").asText());
            }
        }
        throw new IOException("chromium has no page: " + targets);
    }

    private final class Inbox implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    receive(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    errors.add("not JSON: " + e.getMessage());
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void receive(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    waiting.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" ->
                errors.add(parameters.get("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                if (parameters.at("/entry/level").asText().equals("error")) {
                    errors.add(parameters.get("entry").toString());
                }
            }
            case "Runtime.consoleAPICalled" -> {
                if (parameters.path("type").asText().equals("error")) {
                    errors.add(parameters.get("args").toString());
                }
            }
            case "Network.requestWillBeSent" ->
                requests.add(parameters.at("/request/url").asText());
            case "Page.loadEventFired" -> loaded.complete(null);
            default -> {}
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(JSON.writeValueAsString(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result.has("error")) {
            throw new IOException(method + ": " + result.get("error"));
        }
        return result.get("result");
    }

    /** Opens an address on a screen of this width, in light or dark, and waits until it is there. */
    public void open(String url, int width, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        errors.clear();
        requests.clear();
        loaded = new CompletableFuture<>();
        call("Page.navigate", Map.of("url", url));
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Waits until an expression is true. */
    public void await(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never true: " + expression);
            }
            Thread.sleep(100);
        }
    }

    /** The whole page as a PNG, at most {@code height} pixels of it. */
    public void screenshot(Path file, int height) throws Exception {
        Files.createDirectories(file.getParent());
        int width = evaluate("innerWidth").asInt();
        int all = evaluate("document.documentElement.scrollHeight").asInt();
        JsonNode picture = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", Math.min(all, height), "scale", 1)));
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
    }

    /** What the console and the engine complained of since the page was opened. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** What was loaded since the page was opened, data: addresses apart. */
    public List<String> requests() {
        return requests.stream().filter(url -> !url.startsWith("data:")).toList();
    }

    @Override
    public void close() throws Exception {
        try {
            call("Browser.close", Map.of());
        } finally {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (var files = Files.walk(profile)) {
                files.sorted(Collections.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
