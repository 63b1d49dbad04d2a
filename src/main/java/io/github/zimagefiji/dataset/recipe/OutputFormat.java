
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Labelled;

/** Layouts that training programs read. */
public enum OutputFormat implements Labelled {

		/**
		 * {@code tiff/SPLIT/images/NAME.tif} and {@code tiff/SPLIT/labels/NAME.tif}.
		 */
		TIFF(false),
		/** {@code cellpose/SPLIT/NAME.tif} and {@code NAME_masks.tif}. */
		CELLPOSE(true),
		/** {@code stardist/SPLIT/images/NAME.tif} and {@code masks/NAME.tif}. */
		STARDIST(true),
		/** {@code ome-tiff/SPLIT/NAME.ome.tif} and {@code NAME_labels.ome.tif}. */
		OME_TIFF(false),
		/** {@code ome-zarr/SPLIT/NAME.zarr}, NGFF 0.4. */
		OME_ZARR(false),
		/** {@code coco/SPLIT/NAME.png} and {@code coco/instances_SPLIT.json}. */
		COCO(true),
		/**
		 * {@code yolo/images/SPLIT/NAME.png}, {@code yolo/labels/SPLIT/NAME.txt}, {@code data.yaml}.
		 */
		YOLO(true);

	private final boolean needsLabels;

	OutputFormat(final boolean needsLabels) {
		this.needsLabels = needsLabels;
	}

	/** Whether it makes no sense without labels. */
	public boolean needsLabels() {
		return needsLabels;
	}
}
