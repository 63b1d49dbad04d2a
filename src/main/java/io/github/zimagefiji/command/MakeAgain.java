
package io.github.zimagefiji.command;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.scijava.Cancelable;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleService;
import org.scijava.module.process.DefaultValuePreprocessor;
import org.scijava.module.process.LoadInputsPreprocessor;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.module.process.SaveInputsPreprocessor;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.command.common.HeadlessState;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.image.CarryOver;
import io.github.zimagefiji.image.ImageProvenance;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.service.ZImageService;

/**
 * Makes an image again that Z-Image made: opens the dialog of the command that made it, filled with
 * what the image says of itself and with the images it was made from, which must be open. Without a
 * window, and in a macro, it makes the image at once. ImageJ's recorder gets the line of that
 * command, which says more than "again".
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Make Again...", weight = 16) },
	attrs = @Attr(name = MacroRecorder.NOT_BY_FIJI))
public class MakeAgain extends MenuCommand {

	/**
	 * What would replace an image's own values by others, or remember them as if the user had typed
	 * them.
	 */
	private static final List<Class<? extends PreprocessorPlugin>> NOT_BEFORE = List
		.of(LoadInputsPreprocessor.class, DefaultValuePreprocessor.class, SaveInputsPreprocessor.class);

	// Not required, because what SciJava says of a missing image does not tell
	// what to do. Not remembered, because SciJava
	// would make an empty image of the last one's name.
	@Parameter(label = "Image", required = false, persist = false,
		description = "An image that Z-Image made, open or reopened from its file; of a stack, the slice that is shown.")
	private ImagePlus source;

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	@SuppressWarnings("unused")
	private ImagePlus image;

	@Parameter
	private ZImageService zimage;

	@Parameter
	private ModuleService modules;

	@Parameter
	private CommandService commands;

	@Parameter
	private PluginService plugins;

	/** What makes the image, once it does. */
	private volatile Module maker;

	/** Cancels the run too, which is another command's. */
	@Override
	public void cancel(final String reason) {
		super.cancel(reason);
		if (maker instanceof Cancelable run && !run.isCanceled()) run.cancel(reason);
	}

	@Override
	protected void work() {
		if (source == null) throw new InvalidInputException(
			"No image is open. Open one that Z-Image made, then choose Make Again... once more.");
		make(ImageProvenance.of(source).orElseThrow(() -> new InvalidInputException(
			"This image does not say how it was made. Choose an image that Z-Image made; of a stack, one slice of it.")));
	}

	private void make(final Provenance provenance) {
		if (provenance.explicitLatents()) throw new InvalidInputException(
			"The starting noise of this image was given, not drawn from its seed, so it cannot be made again from here.");
		final Module module = module(provenance);
		final boolean dialog = HeadlessState.seesWindows(ui) && !IJ.isMacro();
		values(provenance, module.getInfo()).forEach(module::setInput);
		// it is not the active one
		if (module.getInput("image") != null) module.resolveInput("image");
		if (!dialog) MacroKeys.values(module).keySet().forEach(module::resolveInput);
		// what stops the maker stops the macro that called this command
		if (module.getDelegateObject() instanceof MenuCommand inner)
			caller().ifPresent(inner::setCaller);
		maker = module;
		if (isCanceled()) return;
		try {
			modules.run(module, before(), after()).get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			cancel("Interrupted.");
			return;
		}
		catch (final ExecutionException e) {
			throw sentence(e);
		}
		// where the user reads messages, the maker has told why
		if (module instanceof Cancelable inner && inner.isCanceled())
			cancel(HeadlessState.readsMessages(ui) ? null : inner.getCancelReason());
		else show((ImagePlus) module.getOutputs().values().stream().filter(ImagePlus.class::isInstance)
			.findFirst().orElseThrow());
	}

	/**
	 * What the user has added to the image since, such as its scale, is true of the same image too.
	 */
	private void show(final ImagePlus made) {
		CarryOver.between(source, made).forEach(this::caution);
		image = made;
	}

	private List<PreprocessorPlugin> before() {
		return plugins.createInstancesOfType(PreprocessorPlugin.class).stream()
			.filter(each -> NOT_BEFORE.stream().noneMatch(type -> type.isInstance(each))).toList();
	}

	/**
	 * The image is this command's own result; shown by both, it would appear twice.
	 */
	private List<PostprocessorPlugin> after() {
		return plugins.createInstancesOfType(PostprocessorPlugin.class).stream()
			.filter(each -> each instanceof MacroRecorder).toList();
	}

	private Module module(final Provenance provenance) {
		try {
			return commands.getCommand(ConditionValues.command(provenance)).createModule();
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
	}

	private Map<String, Object> values(final Provenance provenance, final ModuleInfo maker) {
		final InstalledModel model = model(provenance.model());
		final boolean named = model.origin() != InstalledModel.Origin.RECENT;
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("model", named ? new ModelName(model.name()) : ModelChoice.OTHER);
		values.put("model_folder", named ? null : model.folder().toFile());
		values.putAll(text(provenance.request(), maker));
		values.put("randomize", false);
		values.put("precision", provenance.precision());
		values.put("device", provenance.device());
		values.put("threads", provenance.threads());
		values.putAll(ConditionValues.of(provenance,
			OpenImage.all().stream().filter(each -> each != source).toList()));
		return values;
	}

	/**
	 * Prompt and sampling, by the names of the command's inputs.
	 *
	 * @throws InvalidInputException if the command has no input for a value that matters
	 */
	private static Map<String, Object> text(final TextToImageRequest request,
		final ModuleInfo maker)
	{
		final Map<String, Object> values = new LinkedHashMap<>();
		for (final Setting<?> each : Settings.TEXT) {
			final Optional<String> input =
				each.names().stream().filter(name -> maker.getInput(name) != null).findFirst();
			final Object value = each.written(request);
			if (input.isPresent()) values.put(input.get(), value);
			else if (Settings.RARE.contains(each) && each.isSetIn(request))
				throw new InvalidInputException("This image was made with " + each.label() + " " + value +
					", which the commands of this menu do not have. Use a script or the command line.");
		}
		return values;
	}

	/**
	 * Images do not say where on the user's disk a model lies, only which it is; those of the same
	 * name are tried first.
	 */
	private InstalledModel model(final ModelInfo used) {
		final List<InstalledModel> installed = zimage.models();
		final List<InstalledModel> models = EditImage.withEditingModel(installed);
		if (used.variant() == ModelVariant.BUILT_IN) return models.stream()
			.filter(each -> isBuiltIn(each) && isSame(each, used)).findFirst().orElse(installed.get(0));
		final String name = used.name();
		return models.stream().sorted(Comparator.comparing(each -> !each.folder().endsWith(name)))
			.filter(each -> isSame(each, used)).findFirst()
			.orElseThrow(() -> new InvalidInputException(
				"This image was made with the model " + name + " (fingerprint " +
					used.fingerprint().substring(0, Math.min(12, used.fingerprint().length())) +
					"…). Choose its folder once in Text to Image..., then try again."));
	}

	private static boolean isBuiltIn(final InstalledModel model) {
		return model.origin() == InstalledModel.Origin.BUILT_IN;
	}

	/** A folder that is no whole model is not the one. */
	private boolean isSame(final InstalledModel model, final ModelInfo used) {
		try {
			return zimage.inspect(model.folder()).fingerprint().equals(used.fingerprint());
		}
		catch (final InvalidInputException e) {
			return false;
		}
	}

	private static RuntimeException sentence(final ExecutionException e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof ZImageException known) return known;
		}
		return new IllegalStateException(e.getCause());
	}
}
