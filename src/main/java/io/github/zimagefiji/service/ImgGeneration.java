
package io.github.zimagefiji.service;

import java.io.File;
import java.util.Map;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.source.SourceImg;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.TextToImageRequest;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * What scripts and image processing pipelines ask for in one line: by named values, or images of
 * ImgLib2 in and out.
 */
public interface ImgGeneration {

	/**
	 * Makes images from named values, which is how scripts call it. In Groovy and in Jython:
	 *
	 * <pre>
	 * result = zimage.generate(prompt: "three round green nuclei", seed: 42, count: 5)
	 * result = zimage.generate({"prompt": "three round green nuclei", "seed": 42, "count": 5})
	 * </pre>
	 *
	 * Progress is shown in Fiji's status bar and task list, where the run can be cancelled; so does
	 * Escape.
	 *
	 * @param values {@code prompt}, {@code negative_prompt}, {@code width}, {@code height},
	 *          {@code steps}, {@code guidance}, {@code seed}, {@code count},
	 *          {@code cfg_normalization}, {@code cfg_truncation}, {@code sigmas}, {@code max_tokens}:
	 *          see {@link TextToImageRequest}; {@code model}: a folder, as a file or a text, the
	 *          built-in model if there is none; {@code device}, {@code precision}, {@code threads}:
	 *          see {@link ComputeOptions}; {@code lora} or {@code loras}: files as {@link LoraText}
	 *          reads them, or a list. What is missing or null is as the model needs it.
	 *          <p>
	 *          With {@code image} it is image-to-image ({@code strength}); with {@code mask} too,
	 *          inpainting ({@code strength}, {@code feather}); with {@code left}, {@code right},
	 *          {@code top} or {@code bottom}, outpainting; with {@code control_image},
	 *          {@code control_model}, {@code control_scale} and {@code preprocessor}, control; with
	 *          {@code images}, editing; or what {@code task} says. Pictures are {@code ImagePlus},
	 *          images of ImgLib2, or files; {@code intensity}, {@code channel}, {@code tile} and
	 *          {@code tile_overlap} are as in the dialogs, and {@code reference} follows the
	 *          reference exactly
	 *          </p>
	 * @return images with their provenance; {@link io.github.zimagefiji.image.Images} makes
	 *         {@link Img} and {@code ImagePlus} of them,
	 *         {@link io.github.zimagefiji.image.png.PngFile} and
	 *         {@link io.github.zimagefiji.image.TiffFile} write them
	 * @throws io.github.zimagefiji.error.InvalidInputException if there is no value of a name, or one
	 *           cannot be used
	 * @throws io.github.zimagefiji.error.ZImageException as
	 *           {@link ZImageService#generate(java.nio.file.Path, ComputeOptions, GenerationRequest, Progress)}
	 */
	GenerationResult generate(Map<String, ?> values);

	/**
	 * Makes one image, with everything else as the model needs it.
	 *
	 * @param model the model's folder
	 * @param prompt what to show
	 * @param width pixels, a multiple of 16
	 * @param height pixels, a multiple of 16
	 * @param seed the same seed gives the same image
	 * @return (width, height, 3): red, green and blue in the last dimension, 0 to 255
	 * @throws io.github.zimagefiji.error.ZImageException as
	 *           {@link ZImageService#generate(java.nio.file.Path, ComputeOptions, GenerationRequest, Progress)}
	 */
	default Img<UnsignedByteType> textToImage(final File model, final String prompt, final int width,
		final int height, final long seed)
	{
		return Images.toImg(one(
			Map.of("model", model, "prompt", prompt, "width", width, "height", height, "seed", seed)));
	}

	/**
	 * Makes one image of the model's own size; see
	 * {@link #textToImage(File, String, int, int, long)}.
	 */
	default Img<UnsignedByteType> textToImage(final File model, final String prompt,
		final long seed)
	{
		return Images.toImg(one(Map.of("model", model, "prompt", prompt, "seed", seed)));
	}

	/**
	 * Makes one image of 128 × 128 pixels with the built-in model; see
	 * {@link #textToImage(File, String, long)}.
	 */
	default Img<UnsignedByteType> textToImage(final String prompt, final long seed) {
		return Images.toImg(one(Map.of("prompt", prompt, "seed", seed)));
	}

	/**
	 * Changes an image with the built-in model and keeps its structure; its values are read over
	 * their full range.
	 *
	 * @param image (x, y), or (x, y, channel) with up to three channels; it is not changed
	 * @param prompt what to show
	 * @param strength how much is changed, above 0 up to 1
	 * @param seed the same seed gives the same image
	 * @return an image of the same type, size and scale
	 * @throws io.github.zimagefiji.error.ZImageException as
	 *           {@link ZImageService#generate(java.nio.file.Path, ComputeOptions, GenerationRequest, Progress)}
	 */
	default <T extends RealType<T>> Img<T> imageToImage(final RandomAccessibleInterval<T> image,
		final String prompt, final double strength, final long seed)
	{
		final SourceImg<T> source = SourceImg.of(image, "image", IntensityRange.FULL);
		return source.restore(
			one(Map.of("image", source.input(), "prompt", prompt, "strength", strength, "seed", seed)));
	}

	/**
	 * Paints a part of an image anew with the built-in model; the rest comes back as it is, to the
	 * bit.
	 *
	 * @param mask (x, y), of the image's size; what is above 0 is painted
	 * @see #imageToImage(RandomAccessibleInterval, String, double, long)
	 */
	default <T extends RealType<T>> Img<T> inpaint(final RandomAccessibleInterval<T> image,
		final RandomAccessibleInterval<? extends RealType<?>> mask, final String prompt,
		final long seed)
	{
		final SourceImg<T> source = SourceImg.of(image, "image", IntensityRange.FULL);
		return source
			.restore(one(Map.of("image", source.input(), "mask", mask, "prompt", prompt, "seed", seed)));
	}

	/**
	 * Follows an instruction about an image with the built-in editing model.
	 *
	 * @param instruction such as {@code make it red}
	 * @see #imageToImage(RandomAccessibleInterval, String, double, long)
	 */
	default <T extends RealType<T>> Img<T> edit(final RandomAccessibleInterval<T> image,
		final String instruction, final long seed)
	{
		final SourceImg<T> source = SourceImg.of(image, "image", IntensityRange.FULL);
		return source
			.restore(one(Map.of("images", source.input(), "prompt", instruction, "seed", seed)));
	}

	private GeneratedImage one(final Map<String, ?> values) {
		return generate(values).images().get(0);
	}
}
