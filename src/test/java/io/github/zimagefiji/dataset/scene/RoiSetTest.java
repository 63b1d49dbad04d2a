
package io.github.zimagefiji.dataset.scene;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Path2D;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.EllipseRoi;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.RotatedRectRoi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.PlaneChoice;

/**
 * ROI sets become the labels that ImageJ would fill, and nothing that only looks like a set does
 * harm.
 */
@Tag("slow")
class RoiSetTest {

	private static final int WIDTH = 96;
	private static final int HEIGHT = 64;

	@TempDir
	Path folder;

	static Map<String, Roi> areas() {
		final Map<String, Roi> areas = new TreeMap<>();
		areas.put("rectangle", new Roi(5, 6, 20, 10));
		final Roi round = new Roi(5, 6, 30, 20);
		round.setCornerDiameter(12);
		areas.put("rounded", round);
		areas.put("between pixels", new Roi(5.4, 6.6, 20.3, 10.5));
		areas.put("oval", new OvalRoi(10, 8, 33, 20));
		areas.put("oval between pixels", new OvalRoi(10.3, 8.8, 33.5, 20.2));
		areas.put("beyond the edge", new OvalRoi(-12, 40, 40, 40));
		areas.put("polygon", new PolygonRoi(new int[] { 10, 60, 40, 70, 12 },
			new int[] { 5, 9, 25, 50, 48 }, 5, Roi.POLYGON));
		areas.put("exact polygon", new PolygonRoi(new float[] { 10.2f, 60.7f, 30.1f },
			new float[] { 5.5f, 12.3f, 50.9f }, Roi.POLYGON));
		areas.put("freehand", new PolygonRoi(new int[] { 20, 30, 35, 50, 44, 20 },
			new int[] { 10, 8, 20, 22, 40, 38 }, 6, Roi.FREEROI));
		areas.put("traced", new PolygonRoi(new int[] { 20, 40, 40, 30, 30, 20 },
			new int[] { 10, 10, 20, 20, 30, 30 }, 6, Roi.TRACED_ROI));
		final PolygonRoi curve =
			new PolygonRoi(new int[] { 20, 60, 70, 30 }, new int[] { 10, 15, 50, 45 }, 4, Roi.POLYGON);
		curve.fitSpline();
		areas.put("curve", curve);
		areas.put("ellipse", new EllipseRoi(20, 20, 60, 45, 0.5));
		areas.put("rotated rectangle", new RotatedRectRoi(20, 15, 70, 50, 14));
		areas.put("ring",
			new ShapeRoi(new OvalRoi(10, 10, 40, 40)).not(new ShapeRoi(new OvalRoi(20, 20, 15, 12))));
		areas.put("two parts",
			new ShapeRoi(new Roi(3, 3, 10, 10)).or(new ShapeRoi(new OvalRoi(50, 20, 22, 30))));
		return areas;
	}

	static Set<String> names() {
		return areas().keySet();
	}

	private Path zip(final Roi... rois) throws IOException {
		final Path file = folder.resolve("set.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (int i = 0; i < rois.length; i++)
				put(zip, "roi" + i + ".roi", RoiEncoder.saveAsByteArray(rois[i]));
		}
		return file;
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] data)
		throws IOException
	{
		zip.putNextEntry(new ZipEntry(name));
		zip.write(data);
		zip.closeEntry();
	}

	private static Scene scene(final Path file) {
		return RoiSet.open(file).scene(WIDTH, HEIGHT, "object");
	}

	private static String refusal(final Path file) {
		return assertThrows(InvalidInputException.class, () -> scene(file)).getMessage();
	}

	/** ImageJ would complain of the group that it reads there, on its output. */
	@Test
	void refusesASecondHeaderWithinTheFirst() throws IOException {
		for (final int second : new int[] { 1, 11, 54, 63 }) {
			final byte[] data = RoiEncoder.saveAsByteArray(new Roi(2, 2, 8, 8));
			ByteBuffer.wrap(data).putInt(RoiDecoder.HEADER2_OFFSET, second);
			final Path file = folder.resolve("second.zip");
			try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
				put(zip, "a.roi", data);
			}
			assertTrue(refusal(file).contains("damaged"));
		}
	}

	/** ImageJ's own picture of a selection on an image. */
	private static int[] mask(final Roi roi) {
		final ImagePlus image = new ImagePlus("image", new ByteProcessor(WIDTH, HEIGHT));
		image.setRoi((Roi) roi.clone());
		final ByteProcessor mask = image.createRoiMask();
		return IntStream.range(0, WIDTH * HEIGHT).map(i -> mask.get(i) > 0 ? 1 : 0).toArray();
	}

	@ParameterizedTest
	@MethodSource("names")
	void fillsWhatImageJFills(final String name) throws IOException {
		final Roi roi = areas().get(name);
		final int[] expected = mask(roi);
		assertTrue(Arrays.stream(expected).sum() > 50,
			"ImageJ fills " + Arrays.stream(expected).sum() + " pixels");
		assertArrayEquals(expected, scene(zip(roi)).labels());
		final Path single = Files.write(folder.resolve("single.roi"), RoiEncoder.saveAsByteArray(roi));
		assertArrayEquals(expected, scene(single).labels());
	}

	@Test
	void aPolygonHoldsThePixelsWhoseCentresLieInside() throws IOException {
		final int[] x = { 10, 60, 41, 71, 12 };
		final int[] y = { 5, 9, 25, 52, 48 };
		final Path2D path = new Path2D.Double();
		path.moveTo(x[0], y[0]);
		for (int i = 1; i < x.length; i++)
			path.lineTo(x[i], y[i]);
		path.closePath();
		final int[] expected = IntStream.range(0, WIDTH * HEIGHT)
			.map(i -> path.contains(i % WIDTH + 0.5, i / WIDTH + 0.5) ? 1 : 0).toArray();
		assertArrayEquals(expected, scene(zip(new PolygonRoi(x, y, 5, Roi.POLYGON))).labels());
	}

	@Test
	void laterOnesLieOnEarlierOnesAndGroupsAreClasses() throws IOException {
		final Roi cell = new Roi(10, 10, 30, 30);
		final Roi nucleus = new OvalRoi(18, 18, 12, 12);
		nucleus.setGroup(3);
		final Scene scene = scene(zip(cell, nucleus));
		final int[] inner = mask(nucleus);
		final int[] outer = mask(cell);
		for (int i = 0; i < inner.length; i++)
			assertEquals(inner[i] > 0 ? 2 : outer[i], scene.labels()[i], "pixel " + i);
		assertEquals(List.of("object", "group 3"), scene.classes());
		assertEquals(Set.of("object", "group 3"),
			RoiSet.open(folder.resolve("set.zip")).classes("object"));
		assertTrue(refusal(zip(nucleus, cell)).contains("\"roi0.roi\" of"),
			"what is hidden is no object");
	}

	@Test
	void aGroupAsNewerVersionsOfImageJWriteItIsUnderstood() throws IOException {
		final Roi roi = new OvalRoi(18, 18, 12, 12);
		roi.setGroup(3);
		final byte[] data = RoiEncoder.saveAsByteArray(roi);
		final int second = data[RoiDecoder.HEADER2_OFFSET + 3] & 0xff;
		data[RoiDecoder.VERSION_OFFSET + 1] = (byte) 229;
		data[second + RoiDecoder.GROUP] = 0;
		data[second + 52] = 1;
		data[second + 53] = 4;
		assertEquals(List.of("group 260"),
			scene(Files.write(folder.resolve("new.roi"), data)).classes());
	}

	static Stream<Roi> noAreas() {
		return Stream.of(new Line(3, 3, 30, 40), new Arrow(3, 3, 30, 40),
			new PointRoi(new int[] { 5, 9 }, new int[] { 5, 9 }, 2),
			new PolygonRoi(new int[] { 1, 9, 30 }, new int[] { 1, 20, 4 }, 3, Roi.POLYLINE),
			new PolygonRoi(new int[] { 1, 9, 30 }, new int[] { 1, 20, 4 }, 3, Roi.FREELINE),
			new PolygonRoi(new int[] { 1, 9, 30 }, new int[] { 1, 20, 4 }, 3, Roi.ANGLE),
			new TextRoi(5, 5, "cell"), new ImageRoi(5, 5, new ByteProcessor(9, 9)));
	}

	@ParameterizedTest
	@MethodSource("noAreas")
	void refusesWhatFillsNoArea(final Roi roi) throws IOException {
		final String message = refusal(zip(new OvalRoi(8, 8, 12, 12), roi));
		assertTrue(message.contains("\"roi1.roi\"") && message.contains("fills no area"), message);
	}

	@ParameterizedTest
	@CsvSource({ "100, 10, 20, 10", "10, 70, 5, 5", "-30, 2, 30, 10", "-90, -60, 400, 300" })
	void refusesWhatLiesOutsideTheImage(final int x, final int y, final int width, final int height)
		throws IOException
	{
		final String message = refusal(zip(new Roi(x, y, width, height)));
		assertTrue(message.contains("x = " + x + ", y = " + y) && message.contains("96 × 64"), message);
	}

	@Test
	void refusesRoisOfSeveralSlices() throws IOException {
		final Roi one = new Roi(2, 2, 8, 8);
		one.setPosition(1);
		final Roi everywhere = new Roi(22, 2, 8, 8);
		final Roi three = new Roi(42, 2, 8, 8);
		three.setPosition(3);
		assertEquals(2, scene(zip(one, everywhere)).count());
		assertTrue(refusal(zip(one, everywhere, three)).contains("several slices"));
		final Roi channel = new Roi(42, 2, 8, 8);
		channel.setPosition(2, 1, 0);
		assertEquals(2, scene(zip(one, channel)).count(), "another channel of the same slice");
	}

	@Test
	void refusesRoisOfSeveralChannelsUnlessOneIsChosen() throws IOException {
		final Roi one = new Roi(2, 2, 8, 8);
		one.setPosition(1, 1, 1);
		final Roi everywhere = new Roi(22, 2, 8, 8);
		final Roi two = new Roi(42, 2, 8, 8);
		two.setPosition(2, 1, 1);
		final Path file = zip(one, everywhere, two);
		assertTrue(refusal(file).contains("several channels of a stack (2)"));
		assertEquals(2,
			RoiSet.open(file, PlaneChoice.ofChannel(2)).scene(WIDTH, HEIGHT, "object").count());
		assertRefused(() -> RoiSet.open(zip(one, two), PlaneChoice.ofChannel(3)),
			"has no ROI of channel 3. It has those of: 1, 2.");
		final Roi later = new Roi(42, 2, 8, 8);
		later.setPosition(1, 1, 2);
		assertTrue(refusal(zip(one, later)).contains("several frames"));
		assertEquals(1, RoiSet.open(zip(one, later), new PlaneChoice(0, 0, 2))
			.scene(WIDTH, HEIGHT, "object").count());
	}

	@Test
	void refusesFilesThatAreNoSets() throws IOException {
		assertTrue(refusal(zip()).contains("holds no ROI"));
		assertTrue(
			refusal(Files.writeString(folder.resolve("text.zip"), "no zip")).contains("cannot be read"));
		assertTrue(refusal(Files.writeString(folder.resolve("text.roi"), "no roi"))
			.contains("is no ROI of ImageJ"));
		assertTrue(refusal(Files.write(folder.resolve("empty.roi"), new byte[0]))
			.contains("is no ROI of ImageJ"));
		assertTrue(refusal(folder.resolve("absent.zip")).contains("no such file"));
	}

	@Test
	void refusesMoreRoisThanSixteenBitsTellApart() throws IOException {
		final byte[] roi = RoiEncoder.saveAsByteArray(new Roi(2, 2, 8, 8));
		final Path file = folder.resolve("many.zip");
		try (ZipOutputStream zip =
			new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file))))
		{
			zip.setLevel(0);
			for (int i = 0; i <= 65535; i++)
				put(zip, i + ".roi", roi);
		}
		assertTrue(refusal(file).contains("more than 65535"));
	}

	@Test
	void refusesDataThatGrowWhenUnpacked() throws IOException {
		final Path file = folder.resolve("bomb.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			final byte[] data = Arrays.copyOf(RoiEncoder.saveAsByteArray(new Roi(2, 2, 8, 8)), 1 << 25);
			put(zip, "a.roi", data);
		}
		assertTrue(Files.size(file) < 100_000, "the file itself is small");
		assertTrue(refusal(file).contains("larger than outlines"));
	}

	@Test
	void namesAreNoPathsAndOtherEntriesAreLeftAlone() throws IOException {
		final Path file = folder.resolve("set.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			put(zip, "../../outside.roi", RoiEncoder.saveAsByteArray(new Roi(2, 2, 8, 8)));
			put(zip, "__MACOSX/._outside.roi", new byte[] { 1, 2, 3 });
			put(zip, "../notes.txt", new byte[] { 1, 2, 3 });
		}
		assertEquals(1, scene(file).count());
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(file), files.toList());
		}
		assertTrue(Files.notExists(folder.getParent().resolve("notes.txt")));
	}

	@Test
	void refusesNumbersOfPointsThatAreNotThere() throws IOException {
		for (final String name : List.of("polygon", "exact polygon", "curve", "ellipse", "ring")) {
			final byte[] data = RoiEncoder.saveAsByteArray(areas().get(name));
			final boolean composite = name.equals("ring");
			Arrays.fill(data, composite ? RoiDecoder.SHAPE_ROI_SIZE : RoiDecoder.N_COORDINATES,
				composite ? RoiDecoder.SHAPE_ROI_SIZE + 4 : RoiDecoder.N_COORDINATES + 2, (byte) 0x7f);
			assertTrue(refusal(Files.write(folder.resolve("damaged.roi"), data)).contains("is damaged"),
				name);
		}
	}

	@Test
	void damagedDataGiveAnotherSceneOrASentence() throws IOException {
		final Random random = new Random(5);
		final Path file = folder.resolve("damaged.roi");
		int refused = 0;
		for (final Roi roi : areas().values()) {
			for (int i = 0; i < 100; i++) {
				final byte[] data = RoiEncoder.saveAsByteArray(roi);
				for (int k = 0; k < 3; k++)
					data[random.nextInt(data.length)] = (byte) random.nextInt();
				final byte[] some =
					random.nextInt(4) == 0 ? Arrays.copyOf(data, random.nextInt(data.length)) : data;
				try (OutputStream out = Files.newOutputStream(file)) {
					out.write(some);
				}
				try {
					assertEquals(1, scene(file).count());
				}
				catch (final InvalidInputException e) {
					refused++;
				}
			}
		}
		assertTrue(refused > 100, refused + " were refused");
		assertEquals(null, IJ.getErrorMessage(), "ImageJ shows nothing by itself");
	}
}
