package ttrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.train.EpochMetrics;

class DashboardTest {
    static EpochMetrics epoch(int number) {
        return new EpochMetrics(number, 0.01, 2.0 / number, 0.5, 1, 2.5 / number, 0.4, 1.5, 0.1);
    }

    private static int status(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout(10_000);
        return connection.getResponseCode();
    }

    @Test
    void thePageIsThereForThoseWhoKnowTheToken() throws Exception {
        try (Dashboard dashboard = new Dashboard(0, "<b>\"&' run", 3, 10)) {
            String url = dashboard.url();
            assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/");
            assertThat(status(url)).isEqualTo(200);
            String root = url.substring(0, url.indexOf('/', 8) + 1);
            assertThat(status(root)).isEqualTo(404);
            assertThat(status(root + "events")).isEqualTo(404);
            assertThat(status(url.replaceFirst("[0-9a-f]{8}/$", "00000000/"))).isEqualTo(404);
            assertThat(status(url + "other")).isEqualTo(404);
            String page = new String(URI.create(url).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(page).contains("&lt;b&gt;&quot;&amp;&#39; run").doesNotContain("<b>\"&'");
        }
    }

    @Test
    void anotherHostNameIsRefusedAndOtherMachinesCannotConnect() throws Exception {
        try (Dashboard dashboard = new Dashboard(0, "run", 3, 10)) {
            URI url = URI.create(dashboard.url());
            try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
                socket.getOutputStream()
                        .write(("GET " + url.getPath() + " HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                                .readLine())
                        .contains("404");
            }
        }
    }

    @Test
    void eventsTellProgressAndCurvesToWhoeverComesWhenever() throws Exception {
        try (Dashboard dashboard = new Dashboard(0, "run", 4, 10)) {
            dashboard.step(1, 5, 2.5, 0.2);
            dashboard.step(1, 10, 1.5, 0.3);
            dashboard.epoch(epoch(1));
            dashboard.step(2, 5, 1.25, 0.6);
            assertThat(events(dashboard, 2).get(1)).contains("Loss of the steps", "data-points=\\\"3\\\"");
            // The first browser was closed; a second one gets the whole.
            List<String> again = events(dashboard, 2);
            assertThat(again.get(0))
                    .startsWith("progress {")
                    .contains("\"share\":0.375", "\"epoch\":\"2 of 4\"", "\"clips\":\"5 of 10\"")
                    .contains("\"loss\":\"1.250\"", "\"accuracy\":\"60.0 %\"");
            assertThat(again.get(1)).startsWith("curves ").contains("Accuracy", "Saturated gates");
            dashboard.end("all done");
            assertThat(events(dashboard, 3).get(2)).isEqualTo("end \"all done\"");
        }
    }

    /** The first events, as name and data; then the connection is dropped. */
    private static List<String> events(Dashboard dashboard, int count) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(dashboard.url() + "events").toURL().openConnection();
        connection.setReadTimeout(20_000);
        List<String> events = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            while (events.size() < count) {
                String name = in.readLine();
                events.add(
                        name.substring("event: ".length()) + " " + in.readLine().substring("data: ".length()));
                in.readLine();
            }
        }
        return events;
    }

    @Test
    void aRunThatGoesOnHasARateOfItsOwnClips() throws Exception {
        try (Dashboard dashboard = new Dashboard(0, "run", 4, 1000)) {
            dashboard.step(3, 1, 2.5, 0.2);
            Thread.sleep(200);
            assertThat(Double.parseDouble((String) dashboard.progress().get("rate")))
                    .isLessThan(6);
        }
    }

    @Test
    void aPortThatIsTakenIsAnError() throws Exception {
        try (Dashboard dashboard = new Dashboard(0, "run", 1, 1)) {
            int port = URI.create(dashboard.url()).getPort();
            assertThatThrownBy(() -> new Dashboard(port, "run", 1, 1).close()).isInstanceOf(IOException.class);
        }
    }

    /** A step of a training takes milliseconds at least: a hundredth of one is 10,000 ns. */
    @Test
    void notingAStepCostsLittleAndLongTrainingsKeepFewPoints() {
        LiveNumbers numbers = new LiveNumbers(1000, 1000);
        int steps = 200_000;
        long before = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            numbers.step(1 + i / 1000, i % 1000, 1.0 / (1 + i), 0.5);
        }
        assertThat((System.nanoTime() - before) / steps).isLessThan(10_000);
        assertThat(numbers.see().steps()).hasSizeBetween(250, 499);
        assertThat(numbers.see().stepsEach()).isEqualTo(512);
    }
}
