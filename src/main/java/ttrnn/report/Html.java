package ttrnn.report;

import java.util.List;
import java.util.Locale;

/** Bits of HTML. Whatever comes from outside passes {@link #escape}. */
final class Html {
    /** Light and dark by the reader's setting; nothing is loaded from elsewhere. */
    static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2733; --dim: #5a6776; --paper: #fff; --soft: #e4e9ef; --card: #f6f8fa;
                    --c0: #1763b6; --c1: #c4501b; --c2: #1d7a46; --c3: #8a3fa8; --c4: #9a7400; --c5: #0e7c86; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #dde4ec; --dim: #98a5b3; --paper: #14181d; --soft: #2c343d; --card: #1b2127;
                      --c0: #6fb0f5; --c1: #f2935c; --c2: #63c48b; --c3: #cf94e6; --c4: #dcb94a; --c5: #5cc7d1; }
            }
            * { box-sizing: border-box; }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                   max-width: 66rem; margin: 1.5rem auto 4rem; padding: 0 1rem; overflow-wrap: break-word; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
            section.run { border-top: 2px solid var(--soft); margin-top: 2.5rem; }
            p { margin: .4rem 0; } .dim, figcaption { color: var(--dim); } .dim { font-size: .9rem; }
            a { color: var(--c0); }
            .numbers { display: flex; flex-wrap: wrap; gap: .6rem 1.8rem; margin: 1rem 0; font-variant-numeric: tabular-nums; }
            .numbers b { display: block; font-size: 1.5rem; line-height: 1.2; font-weight: 650; }
            .numbers span { color: var(--dim); font-size: .9rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem; margin-bottom: 1rem; }
            .charts.fill { grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); }
            .charts figure { max-width: 33rem; width: 100%; } figure { margin: 0; padding: .6rem .6rem .3rem; background: var(--card); border-radius: 6px; min-width: 0; }
            figcaption { display: flex; flex-wrap: wrap; gap: 0 .9rem; font-size: .9rem; } figcaption b { color: var(--ink); }
            svg { width: 100%; height: auto; display: block; } svg text { font-size: 13px; fill: var(--dim); }
            .grid { stroke: var(--soft); } polyline { fill: none; stroke-width: 2; stroke-linejoin: round; } .mark { stroke: var(--dim); stroke-dasharray: 3 3; }
            circle { fill: transparent; } circle.dot { stroke: none; }
            .l0 { stroke: var(--c0); color: var(--c0); } .l1 { stroke: var(--c1); color: var(--c1); } .l2 { stroke: var(--c2); color: var(--c2); }
            .l3 { stroke: var(--c3); color: var(--c3); } .l4 { stroke: var(--c4); color: var(--c4); } .l5 { stroke: var(--c5); color: var(--c5); }
            .dot { fill: currentColor; } rect.bar { fill: var(--c0); } rect.for { fill: var(--c1); } span.l0, span.l1, span.l2, span.l3, span.l4, span.l5 { stroke: none; }
            .scroll { overflow-x: auto; max-width: 100%; } table { border-collapse: collapse; font-size: .92rem; }
            td, th { padding: .22rem .6rem; text-align: right; border-bottom: 1px solid var(--soft); font-weight: 400; }
            thead th { font-weight: 600; white-space: nowrap; vertical-align: bottom; }
            td:first-child, th:first-child, .words td, .words th, td.text, th.text { text-align: left; } tbody th { white-space: nowrap; }
            td { white-space: nowrap; } td:first-child, .words td, td.text { white-space: normal; } .sortable td, .sortable th { padding: .22rem .45rem; } .sortable td.text:not(:last-child):not(:first-child) { min-width: 9rem; } .sortable { font-size: .88rem; } .sortable thead th { white-space: normal; } td.right { font-weight: 700; } td.none { color: var(--dim); }
            th button { all: unset; cursor: pointer; font-weight: 600; } th button:focus-visible { outline: 2px solid var(--c0); }
            th button::after { content: "\\a0\\2195"; color: var(--dim); font-weight: 400; }
            th[aria-sort=ascending] button::after { content: "\\a0\\2191"; } th[aria-sort=descending] button::after { content: "\\a0\\2193"; }
            .confusion th.name { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; padding: .5rem .2rem; }
            .confusion td { text-align: center; min-width: 2.1rem; }
            .clips { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1.6rem; }
            .clip { margin: 0 0 1rem; max-width: 48rem; min-width: 0; } .clip img { display: block; width: 100%; border-radius: 4px; image-rendering: pixelated; background: var(--soft); }
            .clip p { margin: .2rem 0; } .clip span.dim { display: block; } .p { display: inline-block; margin-right: 1rem; white-space: nowrap; }
            .p i { display: inline-block; height: .6rem; background: var(--c0); margin-right: .3rem; border-radius: 2px; } .p.true i { background: var(--c2); }
            details { margin: .8rem 0; } summary { cursor: pointer; } code { font-size: .9em; overflow-wrap: anywhere; }
            @media (max-width: 30rem) { body { padding: 0 .7rem; margin-top: .5rem; } .numbers { display: grid; grid-template-columns: 1fr 1fr; } .numbers b { font-size: 1.35rem; } td, th { padding: .2rem .4rem; } }
            """;

    /** Tables of class {@code sortable}: a button in each head sorts the rows by the cells' data-value. */
    private static final String SORT = """
            for (const table of document.querySelectorAll('table.sortable')) {
              const heads = table.tHead.rows[0].cells;
              for (let i = 0; i < heads.length; i++) {
                heads[i].firstChild.addEventListener('click', () => {
                  const up = heads[i].getAttribute('aria-sort') !== 'ascending';
                  for (const head of heads) head.removeAttribute('aria-sort');
                  heads[i].setAttribute('aria-sort', up ? 'ascending' : 'descending');
                  const key = row => row.cells[i].dataset.value;
                  const compare = (a, b) => {
                    const x = key(a), y = key(b), p = parseFloat(x), q = parseFloat(y);
                    if (x === '' || y === '') return (x === '') - (y === ''); // what is missing stays last
                    const order = isNaN(p) || isNaN(q) ? x.localeCompare(y) : p - q;
                    return up ? order : -order;
                  };
                  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
                });
              }
            }
            """;

    private Html() {}

    /** A whole page that forbids itself to load anything. */
    static String page(String title, String body) {
        return page(title, body, SORT, "");
    }

    /**
     * A whole page.
     *
     * @param script what runs when the page is there
     * @param connect what else the page may reach, for its content security policy
     */
    static String page(String title, String body, String script, String connect) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'" + connect + "\">\n"
                + "<link rel=\"icon\" href=\"data:,\">\n<title>" + escape(title) + "</title>\n<style>\n" + STYLE
                + "</style></head><body>\n<h1>" + escape(title) + "</h1>\n" + body + "<script>\n" + script
                + "</script></body></html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A row of escaped cells; {@code tag} is td or th. */
    static String row(String tag, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append('<').append(tag).append('>').append(escape(cell));
            row.append("</").append(tag).append('>');
        }
        return row.append("</tr>\n").toString();
    }

    /** Names and values, one pair a row. */
    static String pairs(Iterable<List<String>> rows) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table class=\"words\"><tbody>");
        for (List<String> row : rows) {
            table.append("<tr><th>").append(escape(row.get(0))).append("</th><td>");
            table.append(escape(row.get(1))).append("</td></tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    static String number(String value, String what) {
        return "<div><b>" + escape(value) + "</b><span>" + escape(what) + "</span></div>";
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** In powers of 1024. */
    static String bytes(double bytes) {
        double mega = bytes / (1 << 20);
        return mega < 1000
                ? String.format(Locale.ROOT, mega < 10 ? "%.1f MB" : "%.0f MB", mega)
                : String.format(Locale.ROOT, "%.2f GB", mega / 1024);
    }

    /** "0.42 s", "3:07 min", "1:02:09 h". */
    static String seconds(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
