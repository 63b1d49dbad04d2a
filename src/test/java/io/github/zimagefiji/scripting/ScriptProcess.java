
package io.github.zimagefiji.scripting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.scijava.script.ScriptModule;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.host.PatchedImageJ;

/**
 * A process without a screen that runs scripts one after the other, as
 * {@code fiji --headless --run} does: each argument {@code --script} is followed by a file, a
 * folder for the images that it puts out, and {@code name=value} for its parameters.
 */
public final class ScriptProcess {

	private ScriptProcess() {
		// only main()
	}

	public static void main(final String[] arguments) throws InterruptedException {
		PatchedImageJ.preinit(); // before any class of ImageJ is loaded
		int code = 0;
		try (Scripts scripts = new Scripts()) {
			CommandPlugIn.install(scripts.context());
			for (final List<String> job : jobs(arguments)) {
				run(scripts, job);
			}
		}
		catch (final ScriptFailedException e) {
			System.err.println(e.getMessage());
			code = 1;
		}
		System.exit(code);
	}

	private static List<List<String>> jobs(final String[] arguments) {
		final List<List<String>> jobs = new ArrayList<>();
		for (final String argument : arguments) {
			if (argument.equals("--script")) jobs.add(new ArrayList<>());
			else jobs.get(jobs.size() - 1).add(argument);
		}
		return jobs;
	}

	private static void run(final Scripts scripts, final List<String> job)
		throws InterruptedException
	{
		final Map<String, Object> inputs = new HashMap<>();
		for (final String pair : job.subList(2, job.size())) {
			final int equals = pair.indexOf('=');
			inputs.put(pair.substring(0, equals), pair.substring(equals + 1));
		}
		System.out.println("Running " + job.get(0));
		saveImages(scripts.run(Path.of(job.get(0)), inputs), Path.of(job.get(1)));
	}

	/** Every image that a script puts out becomes {@code FOLDER/name.tif}. */
	static void saveImages(final ScriptModule script, final Path folder) {
		script.getOutputs().forEach((name, value) -> {
			if (value instanceof ImagePlus image)
				IJ.saveAsTiff(image, folder.resolve(name + ".tif").toString());
		});
	}
}
