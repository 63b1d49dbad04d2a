
package io.github.zimagefiji.request;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Provenance;

/**
 * What an image was made from beside its prompt: part of its {@link Provenance}.
 *
 * @param task what was asked for
 * @param inputs the pictures that went in
 * @param strength how much of an image was changed; null where that has no meaning
 * @param feather pixels over which old and new were mixed at a mask's edge; null without a mask
 * @param borders pixels added: left, right, top, bottom; empty unless outpainting
 * @param tiles how the transformer was run: {@code whole} or {@code tiles of N, overlap M} (pixels)
 * @param reference whether the reference was followed exactly, where the normal mode does otherwise
 * @param control the ControlNet; null without one
 * @param loras the LoRAs, in the order in which they were given
 */
public record Conditions(Task task, List<Input> inputs, @Nullable Double strength,
		@Nullable Integer feather, List<Integer> borders, String tiles, boolean reference,
		@Nullable Control control, List<Lora> loras)
{

	/** Nothing beside the prompt. */
	public static final Conditions NONE = new Conditions(Task.TEXT_TO_IMAGE, List.of(), null, null,
		List.of(), "whole", false, null, List.of());

	/** Lists are copied. */
	public Conditions {
		inputs = List.copyOf(inputs);
		borders = List.copyOf(borders);
		loras = List.copyOf(loras);
	}

	/**
	 * A picture that went in.
	 *
	 * @param role {@code image}, {@code mask}, {@code control} or {@code reference}
	 * @param name its title or file name
	 * @param width pixels
	 * @param height pixels
	 * @param sha256 of its samples, or a mask's values, as little-endian float32: 64 lower-case
	 *          hexadecimal digits
	 * @param mapping how its values became samples; null for a mask
	 */
	public record Input(String role, String name, int width, int height, String sha256,
			@Nullable IntensityMapping mapping)
	{

		/** A picture. */
		public static Input of(final String role, final InputImage image) {
			return new Input(role, image.name(), image.width(), image.height(), image.sha256(),
				image.mapping());
		}

		/** A mask. */
		public static Input of(final InputMask mask) {
			return new Input("mask", mask.name(), mask.width(), mask.height(), mask.sha256(), null);
		}
	}

	/** The name under which a folder or a file is noted. */
	public static String name(final Path place) {
		return String.valueOf(place.toAbsolutePath().normalize().getFileName());
	}

	/**
	 * A ControlNet.
	 *
	 * @param name of its folder or file
	 * @param fingerprint of its weights, as in {@link ModelInfo}
	 * @param scale how strongly it was followed
	 */
	public record Control(String name, String fingerprint, double scale) {}

	/**
	 * A LoRA.
	 *
	 * @param name of its file
	 * @param fingerprint of its tensors, as in {@link ModelInfo}
	 * @param scale how much of it was added
	 * @param unused tensors of the file that mean nothing to the model
	 * @param strength how strongly the file itself changes layers at scale 1 (alpha over rank), such
	 *          as {@code 0.5} or {@code 0.5 to 2}; null where an older image does not say it
	 */
	public record Lora(String name, String fingerprint, double scale, int unused,
			@Nullable String strength)
	{}
}
