package io.github.zimagefiji.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import org.scijava.object.ObjectService;
import org.scijava.plugin.Parameter;
import org.scijava.prefs.PrefService;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.ZImageException;
import io.github.zimagefiji.hub.Advice;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.service.ZImageService;

/** The dialog of {@link TextToImage}: which values it opens with, and how they follow each other while it is open. */
abstract class TextToImageDialog extends TextToImageInputs implements Prepared {

	private static final String KEPT_SEED = "kept_seed";

	private static final int NOTICE_LINES = 3;
	private static final int ESTIMATE_LINES = 3;

	/** PyTorch's generator on a processor uses no more than 32 bits of a seed. */
	private static final long SEEDS = 1L << 32;

	@Parameter
	ZImageService zimage;

	@Parameter
	private ObjectService objects;

	@Parameter
	private PrefService prefs;

	@Parameter
	private ThreadService background;

	/** What can be chosen; null before the dialog opens and where there is none. */
	private ModelChoice choice;
	private DialogFacts facts;
	private String vanished = "";

	@Override
	public void prepare(final Predicate<String> given, final boolean dialog) {
		// Of a remembered pair, what is given now replaces both.
		if (given.test("model_folder") && !given.test("model")) model = null;
		if (given.test("model") && !given.test("model_folder")) model_folder = null;
		if (width == 0 && height == 0 && size != null) SizePreset.of(size).ifPresent(this::apply);
		if (dialog) open(given);
	}

	/** The folder of the model that is meant. */
	Path folder() {
		return choice().folder(model, model_folder);
	}

	/** What can be chosen; a dialog keeps to what it offered. */
	ModelChoice choice() {
		return choice == null ? new ModelChoice(zimage.models()) : choice;
	}

	void drawSeed() {
		if (seed == UNSET) seed = ThreadLocalRandom.current().nextLong(SEEDS);
	}

	/** Leaves what the dialog showed for the next one. */
	void remember() {
		if (choice != null) prefs.put(TextToImage.class, KEPT_SEED, seed);
	}

	// -- opening --

	private void open(final Predicate<String> given) {
		choice = new ModelChoice(zimage.models());
		facts = new DialogFacts(zimage, background);
		objects.getObjects(ModelName.class).forEach(objects::removeObject);
		choice.names().forEach(objects::addObject);
		if (!given.test("model") && !given.test("model_folder")) replaceVanished();
		if (model == null) model = ModelChoice.isFolder(model_folder) ? ModelChoice.OTHER : ModelChoice.BUILT_IN;
		if (seed == UNSET && !randomize) seed = prefs.getLong(TextToImage.class, KEPT_SEED, UNSET);
		drawSeed();
		final ModelVariant variant = variant(DialogFacts.PATIENT);
		if (steps == 0) steps = variant.defaultSteps();
		if (guidance == UNSET) guidance = own(variant);
		if (width == 0) width = variant.defaultSide();
		if (height == 0) height = variant.defaultSide();
		size = new SizePreset(width, height).name(variant.defaultSide());
		tell(DialogFacts.PATIENT);
	}

	/** A model that was used last may have been removed since; the person reads so, and can go on. */
	private void replaceVanished() {
		if (ModelChoice.isName(model) && choice.find(model).isPresent()) return;
		final boolean named = ModelChoice.isName(model);
		if (!named && (!ModelChoice.isFolder(model_folder) || Files.exists(model_folder.toPath()))) return;
		vanished = "The model used last, " + (named ? model : model_folder) + ", is no longer there.";
		model = ModelChoice.BUILT_IN;
		model_folder = null;
	}

	// -- callbacks: what changes with a value --

	@SuppressWarnings("unused")
	private void modelChosen() {
		if (ModelChoice.isName(model)) model_folder = null;
		vanished = "";
		follow();
	}

	@SuppressWarnings("unused")
	private void folderChosen() {
		if (ModelChoice.isFolder(model_folder)) model = ModelChoice.OTHER;
		vanished = "";
		follow();
	}

	/** Steps, guidance and, unless another was chosen, size are the model's own. */
	private void follow() {
		known(DialogFacts.BRIEF).map(ModelInfo::variant).ifPresent(variant -> {
			steps = variant.defaultSteps();
			guidance = own(variant);
			if (SizePreset.OWN.equals(size)) apply(new SizePreset(variant.defaultSide(), variant.defaultSide()));
		});
		tell(DialogFacts.BRIEF);
	}

	@SuppressWarnings("unused")
	private void sizeChosen() {
		final int side = variant(DialogFacts.BRIEF).defaultSide();
		if (SizePreset.OWN.equals(size)) apply(new SizePreset(side, side));
		else SizePreset.of(size).ifPresent(this::apply);
		tell(DialogFacts.BRIEF);
	}

	private void apply(final SizePreset preset) {
		width = preset.width();
		height = preset.height();
	}

	@SuppressWarnings("unused")
	private void sideChanged() {
		size = new SizePreset(width, height).name(variant(DialogFacts.BRIEF).defaultSide());
		tell(DialogFacts.BRIEF);
	}

	@SuppressWarnings("unused")
	private void seedTyped() {
		randomize = false;
	}

	@SuppressWarnings("unused")
	private void randomizeChanged() {
		if (!randomize) return;
		seed = UNSET;
		drawSeed();
	}

	@SuppressWarnings("unused")
	private void requestChanged() {
		tell(DialogFacts.BRIEF);
	}

	// -- messages --

	@SuppressWarnings("unused")
	private String modelProblem() {
		// Without a dialog the run itself says it, and knows what there is.
		return choice == null || !ModelChoice.isName(model) ? "" : problemOf(() -> choice.folder(model, model_folder));
	}

	@SuppressWarnings("unused")
	private String folderProblem() {
		if (choice == null || ModelChoice.isName(model)) return "";
		return problemOf(() -> info(DialogFacts.BRIEF));
	}

	private void tell(final long millis) {
		notice = MessageText.wrapped(notice(millis), NOTICE_LINES);
		estimate = estimate(millis);
	}

	private String notice(final long millis) {
		if (!vanished.isEmpty()) return vanished + " The built-in demo is chosen.";
		try {
			final Optional<ModelInfo> info = info(millis);
			if (info.isEmpty()) return "The model's folder is still being read.";
			final Optional<String> advice = Advice.on(info.get(), request()).stream().findFirst();
			return advice.orElseGet(() -> about(info.get()));
		}
		catch (final ZImageException e) {
			return e.getMessage();
		}
	}

	private static String about(final ModelInfo info) {
		final ModelVariant variant = info.variant();
		if (variant == ModelVariant.UNKNOWN) return info.name() + ": not recognised; choose steps and guidance (Turbo 8 and 0, base 50 and 4).";
		final String pixels = variant.defaultSide() + " × " + variant.defaultSide() + " pixels.";
		if (variant == ModelVariant.BUILT_IN) return pixels + " " + BuiltInModel.UNDERSTANDS;
		return info.name() + ": " + variant.label() + ", made for " + pixels;
	}

	private String estimate(final long millis) {
		try {
			final ModelVariant variant = variant(millis);
			final List<String> lines = new ArrayList<>();
			if (variant == ModelVariant.UNKNOWN) lines.add("");
			else if (steps == variant.defaultSteps() && guidance == own(variant)) lines.add(
				"Steps and guidance are the model's own.");
			else lines.add("The model's own: " + variant.defaultSteps() + " steps, guidance " + variant.defaultGuidance() + ".");
			lines.addAll(facts.estimate(folder(), compute(), request(), millis));
			return MessageText.lines(lines, ESTIMATE_LINES);
		}
		catch (final ZImageException e) {
			return MessageText.wrapped(e.getMessage(), ESTIMATE_LINES);
		}
	}

	private Optional<ModelInfo> info(final long millis) {
		return facts.model(folder(), millis);
	}

	/** Nothing also for a model that cannot be used. */
	private Optional<ModelInfo> known(final long millis) {
		try {
			return info(millis);
		}
		catch (final ZImageException e) {
			return Optional.empty();
		}
	}

	private ModelVariant variant(final long millis) {
		return known(millis).map(ModelInfo::variant).orElse(ModelVariant.UNKNOWN);
	}

	private static double own(final ModelVariant variant) {
		return variant == ModelVariant.UNKNOWN ? UNSET : variant.defaultGuidance();
	}
}
