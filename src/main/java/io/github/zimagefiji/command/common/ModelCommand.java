
package io.github.zimagefiji.command.common;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.scijava.app.StatusService;
import org.scijava.object.ObjectService;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;
import org.scijava.widget.FileWidget;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.StoredModels;
import io.github.zimagefiji.service.EscapeKey;
import io.github.zimagefiji.service.TaskProgress;
import io.github.zimagefiji.service.ZImageService;

/**
 * What the commands about models have in common: the folder, and progress that can be cancelled.
 */
public abstract class ModelCommand extends MenuCommand {

	@Parameter(label = "Folder of models", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false,
		description = "Leave it empty for the default: models/z-image in the Fiji folder, or what the Java property " +
			"zimage.models names.")
	File models_folder;

	@Parameter
	protected ZImageService zimage;

	@Parameter
	private ObjectService objects;

	@Parameter
	private TaskService tasks;

	@Parameter
	private StatusService status;

	@Parameter
	private ThreadService threads;

	/**
	 * The folder that new models go into.
	 *
	 * @throws InvalidInputException if a file was named
	 */
	protected Path folder() {
		final Path folder = folders().get(0);
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new InvalidInputException(
			folder + " is a file. Choose a folder for models, or leave the field empty.");
		return folder;
	}

	/**
	 * What lies in the folder that was named, else in all that are looked into.
	 *
	 * @throws InvalidInputException if the folder that was named is not there
	 */
	protected StoredModels stored() {
		final List<Path> folders = folders();
		if (ModelChoice.isFolder(models_folder) && !Files.isDirectory(folders.get(0)))
			throw new InvalidInputException("There is no folder " + folders.get(0) +
				". Choose a folder of models, or leave the field empty.");
		return StoredModels.in(folders);
	}

	private List<Path> folders() {
		return ModelChoice.isFolder(models_folder)
			? List.of(models_folder.toPath().toAbsolutePath().normalize()) : zimage.modelsFolders();
	}

	/** Lets a dialog offer names. */
	protected <N> void offer(final Class<N> type, final Collection<N> names) {
		objects.getObjects(type).forEach(objects::removeObject);
		names.forEach(objects::addObject);
	}

	/** Shows the work as a task, which can be cancelled; so does Escape. */
	protected <T> T shown(final String name, final Function<Progress, T> job) {
		try (EscapeKey escape = new EscapeKey();
				TaskProgress progress = new TaskProgress(tasks.createTask(name), status, threads,
					() -> isCanceled() || escape.isPressed()))
		{
			return job.apply(progress);
		}
	}

	/** Tells what was done: in the log, for later, and in the status bar. */
	protected void tell(final String sentence) {
		log.info(sentence);
		status.showStatus(sentence);
	}
}
