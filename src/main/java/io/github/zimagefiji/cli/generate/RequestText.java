
package io.github.zimagefiji.cli.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.OutpaintRequest;

/** Says in lines for people what a run starts from beside its prompt. */
final class RequestText {

	private final List<String> lines = new ArrayList<>();

	private RequestText(final GenerationRequest request) {
		if (request instanceof ImageToImageRequest r) {
			task(r, ", strength " + r.strength(), r.reference());
			image("image", r.image());
		}
		else if (request instanceof InpaintRequest r) {
			task(r, ", strength " + r.strength() + feather(r.feather()), r.reference());
			image("image", r.image());
			mask(r.mask());
		}
		else if (request instanceof OutpaintRequest r) {
			task(r, ", pixels added: " + r.left() + " left, " + r.right() + " right, " + r.top() +
				" top, " + r.bottom() + " bottom", r.reference());
			image("image", r.image());
		}
		else if (request instanceof ControlRequest r) control(r);
		else if (request instanceof EditRequest r) {
			task(r, "", r.reference());
			r.images().forEach(image -> image("image", image));
		}
	}

	/** The lines; none for a request that starts from its prompt alone. */
	static List<String> lines(final GenerationRequest request) {
		return List.copyOf(new RequestText(request).lines);
	}

	private void control(final ControlRequest r) {
		task(r, ", scale " + r.scale() + (r.mask() == null ? "" : feather(r.feather())), r.reference());
		lines.add("ControlNet: " + r.network());
		image("control picture", r.control());
		if (r.image() != null) image("image", r.image());
		if (r.mask() != null) mask(r.mask());
	}

	private void task(final GenerationRequest request, final String details,
		final boolean reference)
	{
		lines.add("Task: " + request.task().label() + details +
			(reference ? ", exactly as the reference" : ""));
	}

	private static String feather(final int pixels) {
		return pixels == 0 ? "" : ", feather " + pixels + " pixels";
	}

	private void image(final String role, final InputImage image) {
		lines.add("Input: " + role + " " + image.name() + ", " + image.width() + " × " +
			image.height() + " pixels, " + mapping(image.mapping()));
	}

	private void mask(final InputMask mask) {
		final long painted = IntStream.range(0, mask.values().length).filter(mask::isPainted).count();
		lines.add("Input: mask " + mask.name() + ", " + mask.width() + " × " + mask.height() +
			" pixels, " + painted + " of them to be painted");
	}

	private static String mapping(final IntensityMapping mapping) {
		if (mapping.equals(IntensityMapping.RGB)) return "RGB";
		return mapping.pixelType() + " from " +
			IntStream.range(0, mapping.channels())
				.mapToObj(i -> mapping.low().get(i) + " to " + mapping.high().get(i))
				.collect(Collectors.joining(", ")) +
			" (" + mapping.range().label() + ")";
	}
}
