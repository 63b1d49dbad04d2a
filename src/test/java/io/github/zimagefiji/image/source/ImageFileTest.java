
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.io.FileSaver;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.SourceImageTest;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/** Images that come from files and go into files. */
class ImageFileTest {

	@TempDir
	Path folder;

	@AfterEach
	void usualByteOrder() {
		Prefs.intelByteOrder = false;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aTiffFileOfEitherByteOrderBecomesOneOfItsOwnType(final boolean intelByteOrder) {
		Prefs.intelByteOrder = intelByteOrder;
		for (final int bits : new int[] { 8, 16, 32, 24 }) {
			final ImagePlus image =
				IJ.createImage("cells", bits == 24 ? "RGB ramp" : bits + "-bit ramp", 21, 8, 1);
			image.getProcessor().set(5, 5, bits == 24 ? 0xff0000c8 : 200);
			if (bits != 24) image.setDisplayRange(0.25, 150);
			image.getCalibration().setUnit("um");
			image.getCalibration().pixelWidth = 0.5;
			final Path file = save(image, "cells ü.tif");
			final SourceImage source = SourceImage.open(file, IntensityRange.DISPLAY, PlaneChoice.SHOWN);
			final Path made = folder.resolve("made.tif");
			final GeneratedImage generated = SourceImageTest.generated(source.input());
			TiffFile.write(made, source, List.of(generated));
			final ImagePlus back = IJ.openImage(made.toString());
			assertEquals(bits, back.getBitDepth());
			assertArrayEquals(planes(image), planes(back));
			assertEquals(image.getDisplayRangeMax(), back.getDisplayRangeMax());
			assertEquals(0.5, back.getCalibration().pixelWidth, 1e-6);
			assertEquals(Optional.of(generated.provenance()), TiffFile.readProvenance(made));
		}
	}

	@Test
	void aCompositeFileStaysOneOfItsChannels() {
		final ImagePlus image = IJ.createHyperStack("cells", 5, 9, 3, 2, 2, 16);
		for (int plane = 1; plane <= 12; plane++)
			image.getStack().getProcessor(plane).set(1000 * plane);
		final Path file = save(image, "cells.tif");
		final SourceImage source =
			SourceImage.open(file, IntensityRange.FULL, new PlaneChoice(0, 2, 2));
		assertEquals(11000 / 65535f, source.input().samples()[45]);
		final Path made = folder.resolve("made.tif");
		TiffFile.write(made, source, List.of(SourceImageTest.generated(source.input())));
		final ImagePlus back = IJ.openImage(made.toString());
		assertTrue(back.isComposite());
		assertArrayEquals(new int[] { 5, 9, 3, 1, 1 }, back.getDimensions());
		assertEquals(12000, back.getStack().getProcessor(3).get(0));
		assertThrows(InvalidInputException.class,
			() -> SourceImage.open(file, IntensityRange.FULL, new PlaneChoice(0, 3, 0)));
	}

	@Test
	void anExtendedImageKeepsItsPixelsAndTheirPlacesInTheWorld() {
		final ImagePlus image = IJ.createImage("cells", "16-bit ramp", 21, 8, 1);
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().xOrigin = 4;
		final SourceImage source =
			SourceImage.open(save(image, "cells.tif"), IntensityRange.PERCENTILES, PlaneChoice.SHOWN);
		final Path made = folder.resolve("made.tif");
		TiffFile.write(made, source, List.of(SourceImageTest.around(source.input(), 6, 0, 30, 9)), 6,
			0);
		final ImagePlus back = IJ.openImage(made.toString());
		assertEquals(10, back.getCalibration().xOrigin);
		assertEquals(0.5, back.getCalibration().pixelWidth, 1e-6);
		back.setRoi(6, 0, 21, 8);
		assertArrayEquals((short[]) image.getProcessor().getPixels(),
			(short[]) back.crop().getProcessor().getPixels());
		assertThrows(InvalidInputException.class, () -> TiffFile.write(folder.resolve("no.tif"), source,
			List.of(SourceImageTest.around(source.input(), 6, 0, 30, 9)), 10, 0));
		assertFalse(Files.exists(folder.resolve("no.tif")));
	}

	@Test
	void ofSeveralPlanesInAFileOneHasToBeChosen() {
		final ImagePlus stack = IJ.createImage("cells", "16-bit ramp", 8, 8, 3);
		stack.getStack().getProcessor(2).set(0, 7);
		final Path file = save(stack, "stack.tif");
		refused(file, "has 3 slices, of which one is needed");
		final PlaneChoice second = new PlaneChoice(0, 2, 0);
		assertEquals(7 / 65535f,
			SourceImage.open(file, IntensityRange.FULL, second).input().samples()[0]);
		assertEquals(7, LabelPlane.open(file, second).labels()[0]);
		for (final ControlPreprocessor kind : ControlPreprocessor.values())
			assertThrows(InvalidInputException.class,
				() -> kind.open(file, IntensityRange.FULL, PlaneChoice.SHOWN), kind.label());
		final Path channels = save(IJ.createHyperStack("cells", 8, 8, 2, 1, 1, 16), "channels.tif");
		assertEquals(64 * 3,
			SourceImage.open(channels, IntensityRange.FULL, PlaneChoice.SHOWN).input().samples().length);
		for (final Executable open : List.<Executable> of(
			() -> LabelPlane.open(channels, PlaneChoice.SHOWN),
			() -> LabelImage.open(channels, PlaneChoice.SHOWN),
			() -> MaskSource.openMask(channels, PlaneChoice.SHOWN)))
			assertRefused(open, "has 2 channels, of which one is needed");
		assertEquals(64, LabelPlane.open(channels, PlaneChoice.ofChannel(2)).labels().length);
	}

	@Test
	void sixteenBitsOfAPngFileAreAllRead() throws IOException {
		final BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
		picture.getRaster().setSample(2, 1, 0, 40001);
		final Path file = folder.resolve("deep.png");
		ImageIO.write(picture, "png", file.toFile());
		final InputImage input =
			SourceImage.open(file, IntensityRange.DISPLAY, PlaneChoice.SHOWN).input();
		assertEquals("16-bit", input.mapping().pixelType());
		assertEquals(IntensityRange.FULL, input.mapping().range(),
			"the file does not say how it is displayed");
		assertEquals(40001 / 65535f, input.samples()[5]);
		assertEquals("deep.png", input.name());
	}

	@Test
	void otherPicturesAreReadToo() throws IOException {
		final BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
		picture.getGraphics().fillRect(0, 0, 16, 8);
		for (final String format : new String[] { "png", "jpg", "gif", "bmp" }) {
			final Path file = folder.resolve("white." + format);
			assertTrue(ImageIO.write(picture, format, file.toFile()));
			final InputImage input =
				SourceImage.open(file, IntensityRange.DISPLAY, PlaneChoice.SHOWN).input();
			assertEquals(16, input.width());
			for (final float sample : input.samples())
				assertEquals(1, sample, format);
		}
		final Path clear = folder.resolve("clear.png");
		ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB), "png", clear.toFile());
		assertEquals(1,
			SourceImage.open(clear, IntensityRange.FULL, PlaneChoice.SHOWN).input().samples()[0]);
		final ImagePlus grey = IJ.createImage("grey", "8-bit ramp", 16, 8, 1);
		final Path pgm = folder.resolve("grey.pgm");
		assertTrue(new FileSaver(grey).saveAsPgm(pgm.toString()));
		assertEquals("8-bit",
			SourceImage.open(pgm, IntensityRange.FULL, PlaneChoice.SHOWN).input().mapping().pixelType());
	}

	@Test
	void aFitsFileIsReadTheRightWayUp() {
		final ImagePlus image = IJ.createImage("stars", "16-bit ramp", 20, 9, 1);
		image.getProcessor().set(3, 2, 900);
		final Path file = folder.resolve("stars.fits");
		assertTrue(new FileSaver(image).saveAsFits(file.toString()));
		final InputImage input = SourceImage.open(file, IntensityRange.FULL, PlaneChoice.SHOWN).input();
		assertEquals(List.of(20, 9), List.of(input.width(), input.height()));
		final double most = image.getProcessor().getStats().max;
		final double scale = IJ.openImage(file.toString()).getBitDepth() == 16 ? 65535 : most;
		for (int i = 0; i < 180; i++)
			assertEquals(image.getProcessor().get(i) / scale, input.samples()[i], 1e-4, "pixel " + i);
	}

	@Test
	void aDicomFileIsRead() throws IOException {
		final ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
		file.position(128);
		file.put("DICM".getBytes(StandardCharsets.US_ASCII));
		element(file, 2, 0x10, "UI", "1.2.840.10008.1.2.1\0".getBytes(StandardCharsets.US_ASCII));
		element(file, 0x28, 2, "US", new byte[] { 1, 0 });
		element(file, 0x28, 4, "CS", "MONOCHROME2 ".getBytes(StandardCharsets.US_ASCII));
		element(file, 0x28, 0x10, "US", new byte[] { 4, 0 });
		element(file, 0x28, 0x11, "US", new byte[] { 16, 0 });
		element(file, 0x28, 0x100, "US", new byte[] { 16, 0 });
		element(file, 0x28, 0x103, "US", new byte[] { 0, 0 });
		file.putShort((short) 0x7FE0).putShort((short) 0x10)
			.put("OW".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putInt(128);
		for (int i = 0; i < 64; i++)
			file.putShort((short) (1000 * i));
		final Path place = folder.resolve("scan.dcm");
		Files.write(place, Arrays.copyOf(file.array(), file.position()));
		final InputImage input =
			SourceImage.open(place, IntensityRange.FULL, PlaneChoice.SHOWN).input();
		assertEquals(List.of(16, 4), List.of(input.width(), input.height()));
		for (int i = 1; i < 64; i++)
			assertEquals(1000 * i / 65535.0, input.samples()[i], 1e-6);
	}

	private static void element(final ByteBuffer file, final int group, final int number,
		final String type, final byte[] value)
	{
		file.putShort((short) group).putShort((short) number)
			.put(type.getBytes(StandardCharsets.US_ASCII)).putShort((short) value.length).put(value);
	}

	@Test
	void filesThatAreNoImageAreRefusedInASentence() throws IOException {
		refused(folder.resolve("missing.tif"), "There is no image file");
		refused(folder, "There is no image file");
		for (final String name : new String[] { "a.tif", "a.png", "a.jpg", "a.txt", "a.zip", "a.gif",
			"a", "a.dcm" })
		{
			for (final byte[] content : new byte[][] { {}, "no image at all, only words".getBytes(),
				{ 'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0 }, { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10 },
				{ (byte) 0xff, (byte) 0xd8, (byte) 0xff, 0 } })
				refused(Files.write(folder.resolve(name), content), "");
		}
	}

	@Test
	void filesThatAreCutOffAreRefusedInsteadOfFilledUp() throws IOException {
		for (final ImagePlus image : List.of(IJ.createImage("cells", "16-bit ramp", 21, 8, 1),
			IJ.createImage("cells", "32-bit ramp", 21, 8, 3),
			IJ.createImage("cells", "RGB ramp", 21, 8, 1)))
		{
			final Path file = save(image, "cells.tif");
			final byte[] whole = Files.readAllBytes(file);
			final int pixels = 21 * 8 * image.getStackSize() * image.getBitDepth() / 8;
			for (int length = 0; length < pixels; length += 13)
				refused(Files.write(file, Arrays.copyOf(whole, length)), "");
			final Path png = folder.resolve("cells.png");
			new FileSaver(image).saveAsPng(png.toString());
			final byte[] wholePng = Files.readAllBytes(png);
			refused(Files.write(png, Arrays.copyOf(wholePng, wholePng.length / 2)), "");
		}
	}

	private static void refused(final Path file, final String why) {
		final InvalidInputException e = assertThrows(InvalidInputException.class,
			() -> SourceImage.open(file, IntensityRange.FULL, PlaneChoice.SHOWN),
			() -> file + " of " + file.toFile().length());
		assertTrue(e.getMessage().contains(why) &&
			e.getMessage().contains(file.getFileName().toString()) && e.getMessage().endsWith("."),
			e.getMessage());
	}

	private Path save(final ImagePlus image, final String name) {
		final Path file = folder.resolve(name);
		assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
		return file;
	}

	private static Object[] planes(final ImagePlus image) {
		final Object[] planes = new Object[image.getStackSize()];
		for (int plane = 1; plane <= planes.length; plane++)
			planes[plane - 1] = image.getStack().getPixels(plane);
		return planes;
	}
}
