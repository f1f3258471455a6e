package ttrnn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import ttrnn.io.Json;
import ttrnn.train.Setting;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

/**
 * The options that decide a training: {@code --config}, and one for each of {@link Settings}, made from it. What is not given
 * comes from the configuration file, else from the defaults; all of them end in one {@link TrainConfig}, which checks them.
 */
final class TrainOptions {
    /** How {@link TrainConfig} begins to speak of a setting. */
    private static final Pattern FIELD = Pattern.compile("(\\w+): (.*)");

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            completionCandidates = Presets.Names.class,
            description = "Settings that come with ttrnn: " + Presets.NAMES + "; --config and options override them.")
    @Nullable
    String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings from a JSON file; options override them.")
    @Nullable
    Path config;

    /** A command that has these options. */
    interface Holder {
        TrainOptions trainOptions();
    }

    private final Map<Setting<?>, Object> given = new LinkedHashMap<>();

    /** Adds the options of all settings to a command, whose help shows them section by section. */
    void addTo(CommandSpec command) {
        Settings.ALL.forEach(setting -> command.addOption(option(setting)));
        command.usageMessage().abbreviateSynopsis(true);
        command.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, TrainOptions::list);
    }

    private static String list(Help help) {
        List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
        StringBuilder sections = new StringBuilder();
        for (Settings.Section section : Settings.SECTIONS) {
            List<OptionSpec> options = section.settings().stream()
                    .map(setting -> help.commandSpec().findOption(setting.option()))
                    .toList();
            others.removeAll(options);
            sections.append(String.format("%n%s:%n", section.title())).append(help.optionListExcludingGroups(options));
        }
        return help.optionListExcludingGroups(others) + sections;
    }

    private <T> OptionSpec option(Setting<T> setting) {
        OptionSpec.Builder builder = OptionSpec.builder(setting.option()).description(setting.description());
        if (setting.isFlag()) {
            builder.type(Boolean.class).arity("0").negatable(true).fallbackValue("true");
        } else {
            builder.type(Object.class).paramLabel(setting.label()).converters(text -> parse(setting, text));
            if (!setting.choices().isEmpty()) {
                builder.completionCandidates(setting.choices());
            }
        }
        builder.setter(new ISetter() {
            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's own
            public <V> @Nullable V set(V value) {
                put(setting, value);
                return null;
            }
        });
        return builder.build();
    }

    /** Before it reads a line, picocli sets every option to null. */
    private void put(Setting<?> setting, @Nullable Object value) {
        if (value == null) {
            given.remove(setting);
        } else {
            given.put(setting, value);
        }
    }

    private static <T> T parse(Setting<T> setting, String text) {
        try {
            return setting.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The configuration that file and options make of {@code base}. */
    TrainConfig toConfig(TrainConfig base) {
        TrainConfig settings = preset == null ? base : Presets.read(preset, base);
        settings = config == null ? settings : read(config, settings);
        try {
            for (Map.Entry<Setting<?>, Object> entry : given.entrySet()) {
                settings = with(settings, entry.getKey(), entry.getValue());
            }
            settings.checkShapes();
            return settings;
        } catch (IllegalArgumentException e) {
            throw ofOption(String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("unchecked") // what a setting parsed is of its type
    private static <T> TrainConfig with(TrainConfig config, Setting<T> setting, Object value) {
        return config.with(setting, (T) value);
    }

    /** What a configuration says of its field is true of the option of that name. */
    private static CliException ofOption(String message) {
        Matcher matcher = FIELD.matcher(message);
        if (matcher.matches()) {
            for (Setting<?> setting : Settings.ALL) {
                if (setting.name().equals(matcher.group(1))) {
                    return CliException.usage(setting.option(), matcher.group(2));
                }
            }
        }
        return CliException.usage("", message);
    }

    /** {@code base} with the settings of a file. */
    static TrainConfig read(Path file, TrainConfig base) {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            String reason =
                    Files.isDirectory(file) ? "is a folder" : Files.exists(file) ? "cannot be read" : "no such file";
            throw CliException.usage(
                    file.toString(), reason + "; name a JSON file of settings, such as config.json of a run");
        }
        try {
            return base.with(Json.parse(text));
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.usage(file.toString(), String.valueOf(e.getMessage()));
        }
    }
}
