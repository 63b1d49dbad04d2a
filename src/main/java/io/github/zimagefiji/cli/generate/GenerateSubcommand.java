
package io.github.zimagefiji.cli.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.RequestMaker;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.SettingValues;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.service.LoraText;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The subcommands that make images, one for each kind of request: {@code zimage text-to-image} and
 * so on. Their options are the {@link CommandLineSettings}.
 */
public final class GenerateSubcommand implements Callable<Integer> {

	/** PyTorch's generator on a processor uses no more than 32 bits of a seed. */
	private static final long SEEDS = 1L << 32;

	private final Session session;
	private final Task task;
	private final CommandSpec spec;

	private GenerateSubcommand(final Session session, final Task task) {
		this.session = session;
		this.task = task;
		final GenerateHelp help = GenerateHelp.of(task);
		spec = CommandSpec.wrapWithoutInspection(this).name(task.label())
			.versionProvider(new ProgramVersion());
		spec.usageMessage().sortOptions(false).description(help.description()).footer(help.footer());
	}

	/**
	 * The subcommand that makes requests of a kind; its name is the kind's label.
	 *
	 * @param named whether it may be called; otherwise it has no options, which take time to make
	 */
	public static CommandSpec of(final Session session, final Task task, final boolean named) {
		final GenerateSubcommand made = new GenerateSubcommand(session, task);
		if (named) made.addOptions();
		return made.spec.mixinStandardHelpOptions(true);
	}

	private void addOptions() {
		CommandLineSettings.own(task).forEach(this::add);
		spec.addArgGroup(ArgGroupSpec.builder().exclusive(true).multiplicity("1")
			.addArg(option(Settings.PROMPT, Settings.PROMPT.options()[0]).build())
			.addArg(option(CommandLineSettings.PROMPT_FILE, "--prompt-file").build()).build());
		CommandLineSettings.common().forEach(this::add);
	}

	/** One option in the help, and a hidden one for the other names. */
	private void add(final Setting<?> setting) {
		final String[] names = setting.options();
		spec.addOption(
			option(setting, names[0]).required(CommandLineSettings.isRequired(task, setting)).build());
		for (int i = 1; i < names.length; i++)
			spec.addOption(option(setting, names[i]).hidden(true).build());
	}

	private static OptionSpec.Builder option(final Setting<?> setting, final String name) {
		final OptionSpec.Builder option = OptionSpec.builder(name).userObject(setting)
			.description(setting.fullHelp()).paramLabel(setting.sign());
		final Class<?> type = setting.type().itemClass();
		if (type == Boolean.class) return option.type(boolean.class).arity("0");
		if (!setting.type().isList()) return option.type(type).arity("1");
		option.type(List.class).auxiliaryTypes(type).arity("1");
		return type == Double.class ? option.splitRegex(",").hideParamSyntax(true) : option;
	}

	/**
	 * Makes and writes the images.
	 *
	 * @throws InvalidInputException if something cannot be used or written
	 */
	@Override
	public Integer call() {
		final SettingValues values = values();
		final TextToImageRequest.Builder text = values.text().loras(values.find(Settings.LORA)
			.orElse(List.of()).stream().map(each -> LoraText.choice(each.toString())).toList());
		values.find(CommandLineSettings.PROMPT_FILE).map(PromptFile::read).ifPresent(text::prompt);
		if (!values.has(Settings.SEED)) text.seed(ThreadLocalRandom.current().nextLong(SEEDS));
		final FilePictures pictures = new FilePictures(values);
		new JobRun(session, values, pictures)
			.run(RequestMaker.make(task, text.build(), values, pictures));
		return ExitCode.SUCCESS;
	}

	private SettingValues values() {
		final Map<String, Object> values = new LinkedHashMap<>();
		final List<Setting<?>> allowed = new ArrayList<>();
		for (final OptionSpec option : spec.options()) {
			if (!(option.userObject() instanceof Setting<?> setting)) continue;
			allowed.add(setting);
			final String name = option.longestName().substring(2).replace('-', '_');
			if (spec.commandLine().getParseResult().hasMatchedOption(option))
				values.put(name, option.getValue());
		}
		for (final Setting<String> each : List.of(Settings.PROMPT, Settings.NEGATIVE_PROMPT))
			each.names().stream().filter(values::containsKey)
				.forEach(name -> PromptFile.readable(values.get(name).toString(), each.label()));
		// 0 is automatic elsewhere, and one piece here
		if (Integer.valueOf(0).equals(values.get(Settings.TILE.name())))
			values.put(Settings.TILE.name(), -1);
		return new SettingValues(values, allowed);
	}
}
