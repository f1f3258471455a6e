package ttrnn.report;

import java.util.List;

/** Bits of HTML. */
final class Html {
    /** Light and dark by the reader's setting; nothing is loaded from elsewhere. */
    static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2733; --paper: #fff; --soft: #e4e9ef; --a: #1763b6; --b: #c4501b; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #dde4ec; --paper: #14181d; --soft: #2c343d; --a: #6fb0f5; --b: #f2935c; }
            }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                   max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            .numbers { display: flex; flex-wrap: wrap; gap: 2rem; } .numbers b { display: block; font-size: 1.8rem; }
            .charts { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; flex: 1 1 20rem; }
            figcaption span { margin-left: .8rem; } span.line0 { color: var(--a); } span.line1 { color: var(--b); }
            svg { width: 100%; } svg text { font-size: 11px; fill: var(--ink); } .grid { stroke: var(--soft); }
            polyline { fill: none; stroke-width: 2; } .line0 { stroke: var(--a); } .line1 { stroke: var(--b); }
            span.line0, span.line1 { stroke: none; }
            .scroll { overflow-x: auto; } table { border-collapse: collapse; } th { font-weight: 600; }
            td, th { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid var(--soft); }
            td:first-child, th:first-child { text-align: left; } td.right { font-weight: 700; }
            """;

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A table row of escaped cells; {@code tag} is td or th. */
    static String row(String tag, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append('<')
                    .append(tag)
                    .append('>')
                    .append(escape(cell))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        return row.append("</tr>\n").toString();
    }
}
