package ttrnn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page in roff of one command, from what picocli knows of it. */
final class ManPage {
    private static final String PROGRAM = "ttrnn";

    private ManPage() {}

    /** Name of the page's file: {@code ttrnn-train.1}. */
    static String fileOf(CommandLine command) {
        return nameOf(command) + ".1";
    }

    private static String nameOf(CommandLine command) {
        return command.getParent() == null ? PROGRAM : PROGRAM + "-" + command.getCommandName();
    }

    static String of(CommandLine command, String version) {
        CommandSpec spec = command.getCommandSpec();
        String name = nameOf(command);
        List<String> description = lines(spec.usageMessage().description());
        StringBuilder page = new StringBuilder(".TH \"" + name.toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"ttrnn "
                + roff(version) + "\"\n.nh\n.ad l\n.SH NAME\n" + roff(name) + " \\- "
                + text(summary(spec).replaceAll("\\.$", "")) + "\n.SH SYNOPSIS\n");
        page.append(".B ").append(roff(name.replace('-', ' '))).append('\n');
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            page.append(".I ").append(roff(argument(parameter))).append('\n');
        }
        for (OptionSpec option : spec.options()) {
            if (option.required()) {
                page.append(".B ")
                        .append(roff(option.longestName() + " " + option.paramLabel()))
                        .append('\n');
            }
        }
        page.append(
                command.getSubcommands().isEmpty() ? "[\\fIOPTION\\fR...]\n" : "\\fICOMMAND\\fR [\\fIOPTION\\fR...]\n");
        page.append(".SH DESCRIPTION\n");
        description.forEach(line -> page.append(text(line)).append("\n.br\n"));
        arguments(page, spec);
        options(page, "OPTIONS", spec, false);
        options(page, "OPTIONS OF ALL COMMANDS", spec, true);
        commands(page, command);
        List<String> footer = lines(spec.usageMessage().footer());
        if (!footer.isEmpty() && command.getSubcommands().isEmpty()) {
            page.append(".SH EXAMPLES\n.nf\n");
            footer.forEach(line -> page.append(text(line)).append('\n'));
            page.append(".fi\n");
        }
        page.append(".SH EXIT STATUS\n");
        for (ExitCode code : ExitCode.values()) {
            page.append(".TP\n.B ")
                    .append(code.number())
                    .append('\n')
                    .append(text(code.meaning()))
                    .append('\n');
        }
        if (command.getParent() != null) {
            page.append(".SH SEE ALSO\n.BR ttrnn (1)\n");
        }
        return page.toString();
    }

    /** The first line of the description. */
    private static String summary(CommandSpec spec) {
        List<String> description = lines(spec.usageMessage().description());
        return description.isEmpty() ? spec.name() : description.get(0);
    }

    private static String argument(PositionalParamSpec parameter) {
        return parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    }

    private static void arguments(StringBuilder page, CommandSpec spec) {
        if (spec.positionalParameters().isEmpty()) {
            return;
        }
        page.append(".SH ARGUMENTS\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            page.append(".TP\n.I ").append(roff(argument(parameter))).append('\n');
            page.append(joined(parameter.description(), Map.of())).append('\n');
        }
    }

    /** Those of the command alone, or those that it has from the program. */
    private static void options(StringBuilder page, String title, CommandSpec spec, boolean inherited) {
        List<OptionSpec> options = spec.options().stream()
                .filter(option -> !option.hidden() && option.inherited() == inherited)
                .toList();
        if (options.isEmpty()) {
            return;
        }
        page.append(".SH ").append(title).append('\n');
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0
                    ? ""
                    : option.arity().min() == 0 ? " [" + option.paramLabel() + "]" : " " + option.paramLabel();
            String otherwise = String.valueOf(option.defaultValueString());
            page.append(".TP\n.B ")
                    .append(roff(String.join(", ", option.names()) + label))
                    .append('\n');
            page.append(joined(option.description(), Map.of("${DEFAULT-VALUE}", otherwise)))
                    .append('\n');
        }
    }

    private static void commands(StringBuilder page, CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        page.append(".SH COMMANDS\n");
        command.getSubcommands().forEach((name, sub) -> {
            page.append(".TP\n.BR ttrnn\\-").append(roff(name)).append(" (1)\n");
            page.append(text(summary(sub.getCommandSpec()))).append('\n');
        });
    }

    /** picocli's texts are formats with line breaks in them. */
    private static List<String> lines(String... texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            lines.addAll(String.format(text).lines().toList());
        }
        return lines;
    }

    private static String joined(String[] texts, Map<String, String> variables) {
        String joined = String.join(" ", texts);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            joined = joined.replace(variable.getKey(), variable.getValue());
        }
        return lines(joined).stream().map(ManPage::text).collect(Collectors.joining("\n"));
    }

    /** A line of text: no request, whatever it begins with. */
    private static String text(String line) {
        return (line.startsWith(".") || line.startsWith("'") ? "\\&" : "") + roff(line);
    }

    private static String roff(String text) {
        StringBuilder roff = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> roff.append("\\e");
                case '-' -> roff.append("\\-");
                default -> {
                    if (c < 128) {
                        roff.appendCodePoint(c);
                    } else {
                        roff.append(String.format("\\[u%04X]", c));
                    }
                }
            }
        });
        return roff.toString();
    }
}
