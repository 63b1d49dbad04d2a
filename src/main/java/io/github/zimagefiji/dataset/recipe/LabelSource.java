
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.WrongValueException;

/** Where labels come from. */
@Key(value = "source", usual = "scenes")
public sealed interface LabelSource
		permits LabelSource.Scenes, LabelSource.Folder, LabelSource.RealImages
{

	/** The folder of labels that are there; null where they are drawn. */
	Path folder();

	/** The folder of the real images that are changed; null without. */
	default Path images() {
		return null;
	}

	/** Whether a workflow can begin with them. */
	default boolean suits(final Workflow workflow) {
		return workflow != Workflow.REAL_EDIT;
	}

	/** Whether they are drawn, so that there are as many scenes as are wanted. */
	default boolean isDrawn() {
		return folder() == null;
	}

	/** What the datasheet says of their origin. */
	String origin();

	/** How the files of that folder are read. */
	LabelReading reading();

	/**
	 * Scenes that are drawn.
	 *
	 * @param objects what is in them, from the lowest layer to the highest
	 */
	@Key("scenes")
	record Scenes(List<Population> objects) implements LabelSource {

		@Override
		public Path folder() {
			return null;
		}

		@Override
		public LabelReading reading() {
			return LabelReading.USUAL;
		}

		@Override
		public String origin() {
			return "drawn by the program from the seed; no image of anything real was used for them";
		}

		/**
		 * @throws WrongValueException if there is nothing, or tissue that is not the lowest layer
		 */
		public Scenes {
			objects = List.copyOf(objects);
			if (objects.isEmpty()) throw new WrongValueException("objects",
				"The scenes hold no objects. Give at least one kind.");
			for (final Population population : objects.subList(1, objects.size())) {
				if (population.kind() == ObjectKind.TISSUE) throw new WrongValueException("objects",
					"Tissue fills the image, so it must be the first of the objects.");
			}
			if (objects.stream().mapToDouble(p -> p.count().most()).sum() > 65535)
				throw new WrongValueException("objects",
					"The scenes may hold more than 65535 objects, which is more than labels of 16 bits can tell apart.");
		}
	}

	/**
	 * Labels that the user has.
	 *
	 * @param folder of label images (TIFF or PNG) or ROI sets of ImageJ ({@code .zip} or
	 *          {@code .roi})
	 * @param reading how they are read
	 */
	@Key("folder")
	record Folder(Path folder, @Key(Key.FLAT) LabelReading reading) implements LabelSource {

		/** Both must be given. */
		public Folder {
			Objects.requireNonNull(folder, "folder");
			Objects.requireNonNull(reading, "reading");
		}

		/** Files with one plane. */
		public Folder(final Path folder) {
			this(folder, LabelReading.USUAL);
		}

		@Override
		public String origin() {
			return "label images or ROI sets given by the dataset's maker";
		}
	}

	/**
	 * Real images and their labels, files of the same names; endings may differ.
	 *
	 * @param images folder of the images
	 * @param folder of the label images or ROI sets
	 * @param edits what happens to the objects
	 * @param reading how the labels are read
	 */
	@Key("real")
	record RealImages(Path images, Path folder,
			@Key(usual = "{move: 0.25, remove: 0.1, duplicate: 0.1}") Edits edits,
			@Key(Key.FLAT) LabelReading reading) implements LabelSource
	{

		/** All must be given. */
		public RealImages {
			Objects.requireNonNull(images, "images");
			Objects.requireNonNull(folder, "folder");
			Objects.requireNonNull(edits, "edits");
			Objects.requireNonNull(reading, "reading");
		}

		/** Labels with one plane. */
		public RealImages(final Path images, final Path folder, final Edits edits) {
			this(images, folder, edits, LabelReading.USUAL);
		}

		@Override
		public boolean suits(final Workflow workflow) {
			return workflow == Workflow.REAL_EDIT;
		}

		@Override
		public String origin() {
			return "labels and images given by the dataset's maker, of which objects were moved, scaled, removed or duplicated";
		}
	}
}
