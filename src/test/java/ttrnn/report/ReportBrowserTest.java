package ttrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.testing.Browser;

/** The report in a browser; pictures of it are left in target/browser. */
@Tag("browser")
class ReportBrowserTest {
    private static final Path PICTURES = Path.of("target/browser");

    @TempDir
    static Path folder;

    private static Browser browser;
    private static String page;

    @BeforeAll
    static void makeAReport() throws Exception {
        List<Path> runs = List.of(
                Runs.train(folder, "tt-gru", "{\"epochs\":6}"),
                Runs.train(folder, "lstm", "{\"epochs\":4,\"model\":\"lstm\"}"),
                Runs.train(folder, "no validation", "{\"epochs\":1,\"testGroups\":[\"a\"]}"));
        page = Report.of(runs).write(folder.resolve("report.html")).toUri().toString();
        browser = Browser.start();
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, false, wide-light", "1200, true, wide-dark", "390, false, phone-light", "390, true, phone-dark"})
    void thePageOpensWithoutErrorsAndRequestsAndFitsTheScreen(int width, boolean dark, String name) throws Exception {
        browser.open(page, width, dark);
        browser.screenshot(PICTURES.resolve("report-" + name + ".png"), 6000);
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests()).containsExactly(page);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        int brightness = browser.evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
                .asInt();
        assertThat(brightness < 128).isEqualTo(dark);
        // The smallest text on the screen, charts being drawn smaller than they are written.
        double smallest = browser.evaluate("Math.min(...[...document.querySelectorAll('svg')].map(svg =>"
                        + " 13 * svg.getBoundingClientRect().width / 460))")
                .asDouble();
        assertThat(smallest).isGreaterThan(8.5);
    }

    @Test
    void chartsHaveTheirData() throws Exception {
        browser.open(page, 1200, false);
        JsonNode points = browser.evaluate("[...document.querySelectorAll('#run1 figure')].filter(f =>"
                + " f.querySelector('polyline')).map(f => f.querySelector('b').textContent + ':'"
                + " + f.querySelector('g').dataset.points)");
        assertThat(points.toString())
                .contains("Loss:6", "Accuracy:6", "Learning rate:6", "Gradient norm:6", "Saturated gates:6");
        assertThat(browser.evaluate("[...document.querySelectorAll('polyline')].every(line =>"
                                + " line.getBoundingClientRect().width >= 0 && line.getAttribute('points').length > 5)")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.querySelectorAll('.clip img').length")
                        .asInt())
                .isPositive();
        assertThat(browser.evaluate("[...document.querySelectorAll('.clip img')].every(img => img.naturalWidth > 0)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theComparisonSortsByEachColumn() throws Exception {
        browser.open(page, 1200, false);
        assertThat(sortBy("epochs")).containsExactly("1", "4", "6");
        assertThat(sortBy("epochs")).containsExactly("6", "4", "1");
        // What is not known stays last whichever way.
        assertThat(sortBy("validation").get(2)).isEqualTo("–");
        assertThat(sortBy("validation").get(2)).isEqualTo("–");
        assertThat(sortBy("run")).containsExactly("lstm", "no validation", "tt-gru");
        assertThat(browser.evaluate("document.querySelector('th[aria-sort]').textContent")
                        .asText())
                .isEqualTo("run");
    }

    /** Clicks on a head and returns the texts of its column. */
    private static List<String> sortBy(String head) throws Exception {
        JsonNode cells = browser.evaluate("(() => { const table = document.querySelector('table.sortable');"
                + " const heads = [...table.tHead.rows[0].cells]; const i = heads.findIndex(h => h.textContent === '"
                + head + "'); heads[i].firstChild.click();"
                + " return [...table.tBodies[0].rows].map(row => row.cells[i].textContent); })()");
        List<String> texts = new ArrayList<>();
        cells.forEach(cell -> texts.add(cell.asText()));
        return texts;
    }
}
