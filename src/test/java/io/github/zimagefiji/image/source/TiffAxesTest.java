
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.TiffBytes;
import io.github.zimagefiji.request.IntensityRange;

/** What is a channel, a slice and a frame in TIFF files. */
class TiffAxesTest {

	private static final String OME =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"%s\" Type=\"uint8\" SizeX=\"2\" SizeY=\"2\" SizeC=\"%d\" SizeZ=\"%d\" SizeT=\"%d\">%s</Pixels></Image></OME>";

	@TempDir
	Path folder;

	private static String ome(final String order, final int c, final int z, final int t,
		final String data)
	{
		return OME.formatted(order, c, z, t, data);
	}

	/** Pages of 2 × 2 pixels, which are all 10 × the page's number, from 1. */
	private Path pages(final int count, final String description, final int samples,
		final boolean planar, final int photometric) throws IOException
	{
		final TiffBytes tiff = new TiffBytes(false, ByteOrder.LITTLE_ENDIAN);
		for (int page = 1; page <= count; page++) {
			final Map<Integer, Object> tags = new HashMap<>();
			tags.put(256, new long[] { 2 });
			tags.put(257, new long[] { 2 });
			final long[] bits = new long[samples];
			java.util.Arrays.fill(bits, 8);
			tags.put(258, bits);
			tags.put(262, new long[] { photometric });
			tags.put(277, new long[] { samples });
			if (planar) tags.put(284, new long[] { 2 });
			if (page == 1 && !description.isEmpty()) tags.put(270, description);
			final byte[] data = new byte[4 * samples];
			for (int i = 0; i < data.length; i++)
				data[i] = (byte) (10 * page + (planar ? i / 4 : i % samples));
			tiff
				.page(tags,
					planar ? List.of(java.util.Arrays.copyOf(data, 4),
						java.util.Arrays.copyOfRange(data, 4, 8), java.util.Arrays.copyOfRange(data, 8, 12))
						: List.of(data));
		}
		return Files.write(folder.resolve("axes.tif"), tiff.make());
	}

	private static int[] channels(final Path file, final PlaneChoice choice) {
		final ImagePlus image = ImageFile.read(file, choice).image();
		final int[] values = new int[image.getStackSize()];
		for (int c = 0; c < values.length; c++)
			values[c] = image.getStack().getProcessor(c + 1).get(0);
		return values;
	}

	@Test
	void threeChannelsOfOmeTiffAreOnePictureHoweverTheyAreStored() throws IOException {
		final String three = ome("XYCZT", 3, 1, 1, "<TiffData/>");
		assertArrayEquals(new int[] { 10, 20, 30 },
			channels(pages(3, three, 1, false, 1), PlaneChoice.SHOWN));
		assertArrayEquals(new int[] { 10, 11, 12 },
			channels(pages(1, three, 3, false, 1), PlaneChoice.SHOWN));
		assertArrayEquals(new int[] { 10, 11, 12 },
			channels(pages(1, three, 3, true, 1), PlaneChoice.SHOWN));
		final Path colour = pages(1, three, 3, false, 2);
		assertEquals(0x0a0b0c,
			ImageFile.read(colour, PlaneChoice.SHOWN).image().getProcessor().get(0) & 0xffffff);
		assertEquals(30 / 255f,
			SourceImage.open(pages(3, three, 1, false, 1), IntensityRange.FULL, PlaneChoice.SHOWN).input()
				.samples()[8]);
	}

	@Test
	void theOrderOfPlanesCounts() throws IOException {
		final PlaneChoice second = new PlaneChoice(0, 2, 0);
		assertArrayEquals(new int[] { 30, 40 },
			channels(pages(4, ome("XYCZT", 2, 2, 1, ""), 1, false, 1), second));
		assertArrayEquals(new int[] { 20, 40 },
			channels(pages(4, ome("XYZCT", 2, 2, 1, ""), 1, false, 1), second));
		assertArrayEquals(new int[] { 20, 40 }, channels(
			pages(4, "ImageJ=1.54p\nimages=4\nchannels=2\nslices=2\norder=zct\n", 1, false, 1), second));
		assertArrayEquals(new int[] { 30, 40 },
			channels(
				pages(4, "ImageJ=1.54p\nimages=4\nchannels=2\nslices=2\nhyperstack=true\n", 1, false, 1),
				second));
		assertArrayEquals(new int[] { 40, 10 }, channels(pages(4, ome("XYCZT", 2, 2, 1,
			"<TiffData IFD=\"2\" FirstC=\"0\" FirstZ=\"0\" PlaneCount=\"2\"/><TiffData IFD=\"3\" FirstC=\"0\" FirstZ=\"1\"/><TiffData IFD=\"0\" FirstC=\"1\" FirstZ=\"1\"/>"),
			1, false, 1), second));
	}

	@Test
	void whatIsSeveralHasToBeChosen() throws IOException {
		final Path stack = pages(3, "", 1, false, 1);
		refused("has 3 slices", stack, PlaneChoice.SHOWN);
		refused("no slice 4", stack, new PlaneChoice(0, 4, 0));
		assertArrayEquals(new int[] { 20 }, channels(stack, new PlaneChoice(0, 2, 0)));
		final Path frames = pages(2, ome("XYCZT", 1, 1, 2, ""), 1, false, 1);
		refused("has 2 frames", frames, PlaneChoice.SHOWN);
		assertArrayEquals(new int[] { 20 }, channels(frames, new PlaneChoice(0, 0, 2)));
		final Path channels = pages(2, ome("XYCZT", 2, 1, 1, ""), 1, false, 1);
		assertThrows(InvalidInputException.class, () -> LabelPlane.open(channels, PlaneChoice.SHOWN));
		assertEquals(20, LabelPlane.open(channels, PlaneChoice.ofChannel(2)).labels()[0]);
	}

	@Test
	void planesThatAreElsewhereAreRefused() throws IOException {
		refused("holds 1 pages", pages(1, ome("XYCZT", 3, 1, 1, ""), 1, false, 1), PlaneChoice.SHOWN);
		refused("one of 2 files", pages(2, ome("XYCZT", 2, 1, 1,
			"<TiffData IFD=\"0\"><UUID FileName=\"a.ome.tif\">x</UUID></TiffData><TiffData FirstC=\"1\" IFD=\"0\"><UUID FileName=\"b.ome.tif\">y</UUID></TiffData>"),
			1, false, 1), PlaneChoice.SHOWN);
		refused("another file describes",
			pages(1, "<OME><BinaryOnly MetadataFile=\"a.companion.ome\"/></OME>", 1, false, 1),
			PlaneChoice.SHOWN);
		refused("holds 2 images",
			pages(2,
				ome("XYCZT", 1, 1, 1, "").replace("</OME>",
					"<Image><Pixels SizeC=\"1\" SizeZ=\"1\" SizeT=\"1\"/></Image></OME>"),
				1, false, 1),
			PlaneChoice.SHOWN);
		refused(
			"damaged", pages(1,
				ome("XYCZT", 1, 1, 1, "").replace("SizeC=\"1\"", "SizeC=\"99999999999999\""), 1, false, 1),
			PlaneChoice.SHOWN);
		refused("without their own directories",
			pages(1, "{\"shape\": [3, 2, 2], \"truncated\": true}", 1, false, 1), PlaneChoice.SHOWN);
		refused("damaged", pages(1, ome("XYCZT", 1, 1, 1, "<TiffData IFD=\"7\"/>"), 1, false, 1),
			PlaneChoice.SHOWN);
	}

	/** Entities would be read for ever, or from elsewhere. */
	@Test
	void entitiesInXmlAreNotFollowed() throws IOException {
		assertArrayEquals(new int[] { 10 }, channels(pages(1,
			"<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><OME>&a;</OME>",
			1, false, 1), PlaneChoice.SHOWN));
	}

	private static void refused(final String why, final Path file, final PlaneChoice choice) {
		assertRefused(() -> ImageFile.read(file, choice), why);
	}
}
