
package io.github.zimagefiji.dataset.output;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import com.google.gson.JsonObject;

import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * COCO: PNG files, and beside each what {@link CocoFile} needs of its objects, so that the two JSON
 * files of a split can be put together at the end without reading pixels again.
 */
final class CocoLayout implements Layout {

	@Override
	public void write(final MadeItem item, final Path root) {
		final BufferedImage picture = picture(item.image());
		AtomicFile.write(
			Folders.fileIn(root, "coco/" + item.split().label() + "/" + item.name() + ".png"), out -> {
				if (!ImageIO.write(picture, "png", out))
					throw new IOException("this Java has no PNG writer");
			});
		final JsonObject objects = new JsonObject();
		objects.addProperty("width", item.scene().width());
		objects.addProperty("height", item.scene().height());
		objects.add("objects", new CocoObjects(item.scene()).toJson());
		AtomicFile.write(Folders.fileIn(root, CocoFile.objectsOf(item.name())),
			out -> out.write(objects.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private static BufferedImage picture(final DatasetImage image) {
		final PixelKind kind = image.kind();
		final BufferedImage picture = new BufferedImage(image.width(), image.height(),
			kind == PixelKind.RGB8 ? BufferedImage.TYPE_INT_RGB
				: kind == PixelKind.GREY8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
		final int pixels = image.width() * image.height();
		final int[] pixel = new int[image.channels()];
		for (int i = 0; i < pixels; i++) {
			for (int channel = 0; channel < pixel.length; channel++)
				pixel[channel] = image.values()[channel * pixels + i];
			picture.getRaster().setPixel(i % image.width(), i / image.width(), pixel);
		}
		return picture;
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		// noise hardly compresses
		return (long) recipe.sampling().width() * recipe.sampling().height() * recipe.pixels().bytes() +
			3 * ItemTiff.MORE_BYTES;
	}
}
