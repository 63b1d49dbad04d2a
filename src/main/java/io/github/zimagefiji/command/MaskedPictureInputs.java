
package io.github.zimagefiji.command;

import java.util.List;
import java.util.Set;

import org.scijava.plugin.Parameter;

import ij.ImagePlus;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.Tiling;

/** What commands ask for that paint into a part of an image. */
abstract class MaskedPictureInputs extends TiledPictureInputs {

	private static final String AUTO = "auto";
	private static final String SELECTION = "selection";
	private static final String MASK = "mask";
	private static final String LABELS = "labels";

	@Parameter(label = "Paint within", choices = { AUTO, SELECTION, MASK, LABELS }, persist = false,
		callback = "requestChanged",
		description = "The image's selection, the bright pixels of a mask image, or the objects of a label image. auto: the " +
			"mask image if one is chosen, else the selection.")
	String mask_from = AUTO;

	@Parameter(label = "Mask or label image", required = false, persist = false,
		callback = "requestChanged", validater = "maskProblem",
		description = "An open image of the same size. In macros: its title.")
	OpenImage mask;

	@Parameter(label = "Label", persist = false, callback = "requestChanged", min = "0",
		description = "Of a label image, the one to paint within; 0: all.")
	int label;

	@Parameter(label = "Feather (pixels)", persist = false, callback = "requestChanged",
		validater = "featherProblem",
		description = "Width inside the mask's edge over which old and new are mixed; 0 for a hard edge. Outside the mask " +
			"pixels stay as they are, to the bit.")
	int feather = 4;

	/**
	 * Where to paint into an image.
	 *
	 * @throws InvalidInputException if there is no such place
	 */
	InputMask mask(final ImagePlus target) {
		if (isSelection()) return conversions().of(InputMask.class, target,
			() -> MaskSource.ofSelection(target), SELECTION);
		if (!OpenImage.isChosen(mask)) throw new InvalidInputException(
			"Choose the mask or label image, or paint within the selection.");
		final ImagePlus image = mask.get();
		return conversions().of(InputMask.class, image, () -> ofImage(image), mask_from, label);
	}

	@Override
	void tellMore() {
		super.tellMore();
		for (final String caution : cautions())
			picture = MessageText.wrapped(caution, PICTURE_LINES);
	}

	private List<String> cautions() {
		try {
			return target() == null ? List.of() : mask(target()).cautions();
		}
		catch (final InvalidInputException e) {
			return List.of(); // that stands beside the mask
		}
	}

	/** Whether the selection is meant, not an image. */
	boolean isSelection() {
		return SELECTION.equals(mask_from) || AUTO.equals(mask_from) && !OpenImage.isChosen(mask);
	}

	private InputMask ofImage(final ImagePlus image) {
		if (!LABELS.equals(mask_from)) return MaskSource.ofMask(image, PlaneChoice.SHOWN);
		final LabelImage labels = LabelImage.of(image, PlaneChoice.SHOWN);
		return label == 0 ? MaskSource.ofLabels(labels) : MaskSource.ofLabel(labels, label);
	}

	/** The image that is painted into; null if there is none. */
	abstract ImagePlus target();

	@Override
	public boolean isShown(final String name) {
		final boolean image = Set.of("mask_from", "mask", "label").contains(name);
		return super.isShown(name) && (!image || areOthersOpen());
	}

	@SuppressWarnings("unused")
	private String maskProblem() {
		return problemOf(() -> {
			if (!isSelection() && target() != null) mask(target());
		});
	}

	@SuppressWarnings("unused")
	private String featherProblem() {
		return problemOf(() -> new InpaintRequest(anyRequest().build(), PIXEL,
			new InputMask("any", 1, 1, new float[] { 1 }), 1, feather, Tiling.AUTO, false));
	}
}
