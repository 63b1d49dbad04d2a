
package io.github.zimagefiji.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import org.scijava.object.ObjectService;
import org.scijava.plugin.Parameter;
import org.scijava.prefs.PrefService;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.common.ModelText;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.command.common.Waiting;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.builtin.Advice;
import io.github.zimagefiji.request.GenerationRequest;

/**
 * The dialog of every command that makes images: which values it opens with, and how they follow
 * each other.
 */
abstract class RequestDialog extends ModelInputs implements Prepared, Checked, Waiting {

	private static final String KEPT_SEED = "kept_seed";

	private static final int NOTICE_LINES = 2;

	/** A dialog with everything would not fit on a small screen. */
	private static final Set<String> RARE =
		Set.of("avoid", "randomize", "sampler", "lora", "precision", "device", "threads");

	/** PyTorch's generator on a processor uses no more than 32 bits of a seed. */
	private static final long SEEDS = 1L << 32;

	@Parameter
	private ObjectService objects;

	@Parameter
	private PrefService prefs;

	private String vanished = "";

	@Override
	public void prepare(final Predicate<String> given, final boolean dialog) {
		// Of a remembered pair, what is given now replaces both.
		if (given.test("model_folder") && !given.test("model")) model = null;
		if (given.test("model") && !given.test("model_folder")) model_folder = null;
		complete();
		if (!dialog) return;
		completeDialog();
		open(given);
	}

	/**
	 * In the short form, what is not {@link #isRare rare}; a folder only where it counts.
	 */
	@Override
	public boolean isShown(final String name) {
		return more_values ||
			(name.equals("model_folder") ? ModelChoice.OTHER.equals(model) : !isRare(name));
	}

	/** Whether only the long form of the dialog has an input. */
	boolean isRare(final String name) {
		return RARE.contains(name);
	}

	/** What the run itself would find before it computes anything. */
	@Override
	public void check() {
		if (!isDialog()) return;
		final long millis = DialogFacts.patience();
		checkModel(folder(), millis);
		info(millis);
		facts().estimate(folder(), compute(), request(), millis);
	}

	@Override
	protected boolean isTold(final String sentence) {
		return isDialog() && MessageText.says(notice, sentence);
	}

	// -- what only some commands have --

	/** Completes the command's own values, with a dialog or without. */
	void complete() {
		// some have nothing to complete
	}

	/**
	 * Completes what only the dialog needs.
	 *
	 * @throws InvalidInputException if something is missing without which it cannot help
	 */
	void completeDialog() {
		// some have nothing to complete
	}

	/**
	 * Fills the command's own values that a model determines, before the dialog opens.
	 */
	void fill(final ModelVariant variant) {
		// some have none
	}

	/** Follows another choice of a model with the command's own values. */
	void follow(final ModelVariant variant) {
		// some have none
	}

	/** Writes the command's own messages, while the dialog is open. */
	void tellMore() {
		// some have none
	}

	/**
	 * What the user should know about a request that can be run.
	 *
	 * @throws ZImageException if it cannot, with the reason
	 */
	List<String> advice(final ModelInfo info, final GenerationRequest request, final long millis) {
		checkModel(folder(), millis);
		return millis == DialogFacts.BRIEF ? Advice.whileTyped(info, request.text())
			: Advice.on(info, request.text());
	}

	// -- for commands --

	void drawSeed() {
		if (seed == UNSET) seed = ThreadLocalRandom.current().nextLong(SEEDS);
	}

	/** Leaves what the dialog showed for the next one. */
	void remember() {
		if (isDialog()) prefs.put(getClass(), KEPT_SEED, seed);
	}

	// -- opening --

	private void open(final Predicate<String> given) {
		openChoice();
		objects.getObjects(ModelName.class).forEach(objects::removeObject);
		choice().names().forEach(objects::addObject);
		if (!given.test("model") && !given.test("model_folder")) replaceVanished();
		if (model == null)
			model = ModelChoice.isFolder(model_folder) ? ModelChoice.OTHER : choice().first();
		if (!given.test("model_folder")) nameFolder();
		if (seed == UNSET && !randomize) seed = prefs.getLong(getClass(), KEPT_SEED, UNSET);
		drawSeed();
		final ModelVariant variant = variant(DialogFacts.PATIENT);
		if (steps == 0) steps = variant.defaultSteps();
		if (guidance == UNSET) guidance = own(variant);
		fill(variant);
		tell(DialogFacts.PATIENT);
	}

	/**
	 * A model that was used last may have been removed since; the user reads so, and can go on.
	 */
	private void replaceVanished() {
		if (ModelChoice.isName(model) && choice().find(model).isPresent()) return;
		final boolean named = ModelChoice.isName(model);
		if (!named && (!ModelChoice.isFolder(model_folder) || Files.exists(model_folder.toPath())))
			return;
		vanished = "The model used last, " + (named ? model : model_folder) + ", is no longer there.";
		model = choice().first();
		model_folder = null;
	}

	/** A folder that is offered by a name needs no field. */
	private void nameFolder() {
		if (!ModelChoice.OTHER.equals(model) || !ModelChoice.isFolder(model_folder)) return;
		choice().models().stream().filter(each -> each.folder().equals(model_folder.toPath()))
			.findFirst().ifPresent(known -> {
				model = new ModelName(known.name());
				model_folder = null;
			});
	}

	// -- callbacks: what changes with a value --

	@SuppressWarnings("unused")
	private void modelChosen() {
		if (ModelChoice.isName(model)) model_folder = null;
		vanished = "";
		followModel();
	}

	@SuppressWarnings("unused")
	private void folderChosen() {
		if (ModelChoice.isFolder(model_folder)) model = ModelChoice.OTHER;
		vanished = "";
		followModel();
	}

	/** Steps and guidance are the model's own. */
	private void followModel() {
		known(DialogFacts.BRIEF).map(ModelInfo::variant).ifPresent(variant -> {
			steps = variant.defaultSteps();
			guidance = own(variant);
			follow(variant);
		});
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

	/** Brings the messages up to date; SciJava calls it by its name. */
	void requestChanged() {
		tell(DialogFacts.BRIEF);
	}

	// -- messages --

	@SuppressWarnings("unused")
	private String modelProblem() {
		if (!isDialog() || !ModelChoice.isName(model)) return "";
		return problemOf(() -> checkModel(folder(), DialogFacts.BRIEF));
	}

	@SuppressWarnings("unused")
	private String folderProblem() {
		if (!isDialog() || ModelChoice.isName(model)) return "";
		return problemOf(() -> {
			checkModel(folder(), DialogFacts.BRIEF);
			info(DialogFacts.BRIEF);
		});
	}

	@Override
	public boolean isAnswered() {
		if (!isWaiting()) return false;
		tell(0);
		return !isWaiting();
	}

	private boolean isWaiting() {
		return isDialog() && (MessageText.says(notice, DialogFacts.MODEL_UNREAD) ||
			MessageText.says(estimate, DialogFacts.MODEL_UNREAD));
	}

	private void tell(final long millis) {
		notice = MessageText.wrapped(notice(millis), NOTICE_LINES);
		estimate = estimate(millis);
		tellMore();
	}

	private String notice(final long millis) {
		if (!vanished.isEmpty()) return vanished + " The built-in demo is chosen.";
		try {
			final Optional<ModelInfo> info = info(millis);
			if (info.isEmpty()) return DialogFacts.MODEL_UNREAD;
			checkModel(folder(), millis);
			return advice(info.get(), millis).orElseGet(() -> ModelText.about(info.get(), task()));
		}
		catch (final ZImageException e) {
			return e.getMessage();
		}
	}

	/** A request that cannot be made is spoken of elsewhere. */
	private Optional<String> advice(final ModelInfo info, final long millis) {
		try {
			return advice(info, request(), millis).stream().findFirst();
		}
		catch (final ZImageException e) {
			return Optional.empty();
		}
	}

	private String estimate(final long millis) {
		try {
			final ModelVariant variant = variant(millis);
			final List<String> lines = new ArrayList<>();
			lines.add(ModelText.own(variant, task(), steps, guidance));
			lines.addAll(facts().estimate(folder(), compute(), request(), millis));
			return MessageText.lines(lines, MessageText.LINES);
		}
		catch (final ZImageException e) {
			return MessageText.wrapped(e.getMessage(), MessageText.LINES);
		}
	}
}
