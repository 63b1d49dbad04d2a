
package io.github.zimagefiji.dataset.plan;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.scene.LabelPieces;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * What the label files of a dataset hold, and what the user should look at before they become
 * ground truth.
 */
public final class LabelSurvey {

	private final ItemLabels files;
	private int read;
	private int objects;
	private int fewest = Integer.MAX_VALUE;
	private int most;
	private int broken;
	private int brokenFiles;
	private int tiny;
	private String worst = "";
	private int worstPieces = 1;

	private LabelSurvey(final ItemLabels files) {
		this.files = files;
	}

	/**
	 * Reads label files.
	 *
	 * @param names of those that are read
	 * @throws io.github.zimagefiji.error.InvalidInputException if one cannot be used
	 */
	public static LabelSurvey of(final ItemLabels files, final List<String> names,
		final Progress progress)
	{
		final LabelSurvey survey = new LabelSurvey(files);
		for (final String name : names) {
			progress.checkCanceled();
			survey.add(name);
		}
		return survey;
	}

	private void add(final String name) {
		final Scene scene = files.read(name);
		final LabelPieces pieces = LabelPieces.of(scene);
		read++;
		objects += scene.count();
		fewest = Math.min(fewest, scene.count());
		most = Math.max(most, scene.count());
		tiny += pieces.tiny();
		if (pieces.broken() == 0) return;
		broken += pieces.broken();
		brokenFiles++;
		final int label = pieces.mostBroken();
		if (pieces.pieces()[label - 1] <= worstPieces) return;
		worstPieces = pieces.pieces()[label - 1];
		worst = "object " + label + " of " + name + ", in " + worstPieces + " pieces";
	}

	/** What was read, in a line. */
	public String line() {
		return "Labels: " + read + (read == 1 ? " file, " : " files, ") + objects +
			(objects == 1 ? " object (" : " objects (") +
			(fewest == most ? fewest : fewest + " to " + most) + " in each)";
	}

	/** Sentences on what looks wrong; none if nothing does. */
	public List<String> cautions() {
		final List<String> cautions = new ArrayList<>();
		if (broken > 0) cautions.add(broken +
			(broken == 1 ? " labelled object is in several pieces"
				: " labelled objects are in several pieces") +
			", in " + brokenFiles + " of " + read + " label files, such as " + worst +
			". If each piece is an object, say under labels in the recipe: pieces: split.");
		if (tiny > 0) cautions.add(tiny + (tiny == 1 ? " piece" : " pieces") + " of the labels " +
			(tiny == 1 ? "has" : "have") + " at most " + LabelPieces.TINY + " pixels.");
		return cautions;
	}
}
