
package io.github.zimagefiji.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.lora.Adapter;

/** Writes down what an image is made from beside its prompt. */
final class ConditionsRecord {

	private ConditionsRecord() {}

	/**
	 * @param asked the request as it came, before outpainting became inpainting
	 */
	static Conditions of(final GenerationRequest asked, final RunOutline outline) {
		final List<Conditions.Lora> loras = loras(outline.parts().adapters());
		if (asked instanceof TextToImageRequest && loras.isEmpty()) return Conditions.NONE;
		final String tiles = outline.tiles().label();
		if (asked instanceof ImageToImageRequest r)
			return new Conditions(r.task(), List.of(input("image", r.image())), r.strength(), null,
				List.of(), tiles, r.reference(), null, loras);
		if (asked instanceof InpaintRequest r)
			return new Conditions(r.task(), List.of(input("image", r.image()), input(r.mask())),
				r.strength(), r.feather(), List.of(), tiles, r.reference(), null, loras);
		if (asked instanceof OutpaintRequest r)
			return new Conditions(r.task(), List.of(input("image", r.image())), null, null,
				List.of(r.left(), r.right(), r.top(), r.bottom()), tiles, r.reference(), null, loras);
		if (asked instanceof ControlRequest r) return control(r, outline, tiles, loras);
		if (asked instanceof EditRequest r) return new Conditions(r.task(),
			r.images().stream().map(image -> input("reference", image)).toList(), null, null, List.of(),
			tiles, r.reference(), null, loras);
		return new Conditions(asked.task(), List.of(), null, null, List.of(), tiles, false, null,
			loras);
	}

	private static Conditions control(final ControlRequest r, final RunOutline outline,
		final String tiles, final List<Conditions.Lora> loras)
	{
		final List<Conditions.Input> inputs = new ArrayList<>(List.of(input("control", r.control())));
		if (r.image() != null) inputs.add(input("image", r.image()));
		if (r.mask() != null) inputs.add(input(r.mask()));
		return new Conditions(r.task(), inputs, null, r.mask() == null ? null : r.feather(), List.of(),
			tiles, r.reference(), new Conditions.Control(name(r.network()),
				Fingerprint.ofTensors(outline.parts().control().weights()), r.scale()),
			loras);
	}

	private static List<Conditions.Lora> loras(final List<Adapter> adapters) {
		return adapters.stream()
			.map(
				adapter -> new Conditions.Lora(name(adapter.lora().place()), adapter.lora().fingerprint(),
					adapter.scale(), adapter.lora().unused().size(), adapter.lora().strength()))
			.toList();
	}

	private static String name(final Path place) {
		return String.valueOf(place.toAbsolutePath().normalize().getFileName());
	}

	private static Conditions.Input input(final String role, final InputImage image) {
		return new Conditions.Input(role, image.name(), image.width(), image.height(), image.sha256(),
			image.mapping());
	}

	private static Conditions.Input input(final InputMask mask) {
		return new Conditions.Input("mask", mask.name(), mask.width(), mask.height(), mask.sha256(),
			null);
	}
}
