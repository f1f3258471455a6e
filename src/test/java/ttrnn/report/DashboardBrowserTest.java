package ttrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.testing.Browser;

/** The live page in a browser; pictures of it are left in target/browser. */
@Tag("browser")
class DashboardBrowserTest {
    private static final Path PICTURES = Path.of("target/browser");

    @Test
    void thePageGrowsWithTheTrainingWithoutErrorsAndOtherRequests() throws Exception {
        try (Browser browser = Browser.start();
                Dashboard dashboard = new Dashboard(0, "tt-gru · run", 4, 100)) {
            browser.open(dashboard.url(), 1200, false);
            browser.await("document.getElementById('state').textContent === 'training'");
            int points = 0;
            for (int epoch = 1; epoch <= 3; epoch++) {
                for (int clips = 10; clips <= 100; clips += 10) {
                    dashboard.step(epoch, clips, 2.0 / epoch - clips / 1000.0, 0.2 * epoch);
                    points++;
                }
                dashboard.epoch(DashboardTest.epoch(epoch));
                browser.await("document.querySelector('[aria-label=Loss] g')?.dataset.points === '" + epoch + "'");
            }
            browser.await("document.querySelector('[aria-label=\"Loss of the steps\"] g').dataset.points === '" + points
                    + "'");
            assertThat(browser.evaluate("document.getElementById('epoch').textContent")
                            .asText())
                    .isEqualTo("3 of 4");
            assertThat(browser.evaluate("document.getElementById('bar').value").asDouble())
                    .isEqualTo(0.75);
            assertThat(browser.evaluate("document.getElementById('memory').textContent")
                            .asText())
                    .matches("[\\d.]+ [MG]B of [\\d.]+ [MG]B");
            browser.screenshot(PICTURES.resolve("dashboard-wide-light.png"), 3000);
            browser.open(dashboard.url(), 390, true);
            browser.await("document.querySelector('[aria-label=Loss] g')?.dataset.points === '3'");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            browser.screenshot(PICTURES.resolve("dashboard-phone-dark.png"), 4000);
            dashboard.end("the training has ended");
            browser.await("document.getElementById('state').textContent === 'the training has ended'");
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests()).containsExactly(dashboard.url(), dashboard.url() + "events");
        }
    }
}
