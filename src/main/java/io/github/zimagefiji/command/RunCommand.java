
package io.github.zimagefiji.command;

import java.nio.file.Path;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.RunDisplay;
import io.github.zimagefiji.hub.builtin.LoraAdvice;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;

/** Runs what the dialog asked for, where the user can watch and stop it. */
abstract class RunCommand extends RequestDialog {

	/** Makes the command's output of what was generated. */
	abstract void show(GenerationResult result);

	@Override
	protected void work() {
		show(generate());
	}

	private GenerationResult generate() {
		final Path folder = folder();
		settle(folder);
		final ComputeOptions compute = compute();
		final GenerationRequest request = request();
		advice(zimage.inspect(folder), request, DialogFacts.PATIENT).forEach(this::caution);
		request.cautions().forEach(this::caution);
		LoraAdvice.strengths(folder, request.text().loras()).forEach(log::info);
		LoraAdvice.on(folder, request.text().loras()).forEach(this::caution);
		forgetFacts();
		try (RunDisplay display =
			new RunDisplay(context(), request.task().title(), request.text().prompt(), this))
		{
			return zimage.generate(folder, compute, request, display);
		}
	}

	/**
	 * From here on the values are those that make this image again: a seed, and either a name or a
	 * folder.
	 */
	private void settle(final Path folder) {
		drawSeed();
		remember();
		if (choice().isInstalled(model) || model == null && !ModelChoice.isFolder(model_folder)) return;
		model = null;
		model_folder = folder.toFile();
	}
}
