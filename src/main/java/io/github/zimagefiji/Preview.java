
package io.github.zimagefiji;

/**
 * A small picture of what an image is going to be, made from its latents while it forms. It is an
 * estimate: each pixel's colour is judged by one latent pixel alone, of the clean image that the
 * transformer predicts at this step.
 *
 * @param image which image of the request, from 0
 * @param step the step just done, from 0
 * @param width pixels, an eighth of the image's
 * @param height pixels, an eighth of the image's
 * @param rgb (height, width, 3): red, green, blue of each pixel, row-major; as unsigned bytes, 0 to
 *          255
 */
public record Preview(int image, int step, int width, int height, byte[] rgb) {}
