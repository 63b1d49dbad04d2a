
package io.github.zimagefiji.dataset.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.TiffDecoder;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.dataset.scene.SceneArtist;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What is written is read back, by ImageJ, the JDK's readers, or the formats' rules, as what it
 * was.
 */
class LayoutsTest {

	private static final int WIDTH = 48;
	private static final int HEIGHT = 32;

	@TempDir
	Path root;

	private static MadeItem item(final PixelKind kind) {
		final Scene scene = new SceneArtist(WIDTH, HEIGHT, List.of(new Population(ObjectKind.CELLS,
			"cell", new Range(6, 6), new Range(4, 6), Range.of(1.2), 0.3, Range.of(1), 0, 0, 0.5, 0)))
			.draw("cells", 3);
		final int[] values = new int[WIDTH * HEIGHT * (kind == PixelKind.RGB8 ? 3 : 1)];
		Arrays.setAll(values, i -> (i * 37 + i / 5) % (kind == PixelKind.GREY16 ? 65536 : 256));
		final Provenance provenance =
			new Provenance(TextToImageRequest.builder("cells").seed(5).build(), Conditions.NONE, false,
				new ModelInfo("model", ModelVariant.TURBO, "a test", "00", "sampled"), List.of(1.0, 0.0),
				"float32", "cpu", 1, "whole", 0, "1", "engine");
		return new MadeItem("set-0000", Split.VAL, new DatasetImage(WIDTH, HEIGHT, kind, values), scene,
			provenance);
	}

	private MadeItem written(final OutputFormat format, final PixelKind kind) {
		final MadeItem item = item(kind);
		Layout.of(format, () -> List.of("cell")).write(item, root);
		return item;
	}

	private ImagePlus open(final String path) {
		assertTrue(Files.exists(root.resolve(path)), path);
		return IJ.openImage(root.resolve(path).toString());
	}

	private void assertImage(final MadeItem item, final String path) {
		final ImagePlus image = open(path);
		final int pixels = WIDTH * HEIGHT;
		assertEquals(
			item.image().kind() == PixelKind.RGB8 ? 24 : item.image().kind() == PixelKind.GREY8 ? 8 : 16,
			image.getBitDepth());
		for (int i = 0; i < pixels; i++) {
			final int value = image.getProcessor().get(i);
			final int[] values = item.image().values();
			assertEquals(
				item.image().kind() == PixelKind.RGB8
					? values[i] << 16 | values[pixels + i] << 8 | values[2 * pixels + i] : values[i],
				value & (item.image().kind() == PixelKind.RGB8 ? 0xffffff : 0xffff));
		}
	}

	private void assertLabels(final MadeItem item, final String path) {
		final ImagePlus labels = open(path);
		assertEquals(16, labels.getBitDepth());
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			assertEquals(item.scene().labels()[i], labels.getProcessor().get(i));
	}

	@ParameterizedTest
	@EnumSource
	void pairsOfTiffFilesHoldPixelsAndLabels(final PixelKind kind) {
		final MadeItem item = written(OutputFormat.TIFF, kind);
		assertImage(item, "tiff/val/images/set-0000.tif");
		assertLabels(item, "tiff/val/labels/set-0000.tif");
		assertEquals(item.provenance(),
			TiffFile.readProvenance(root.resolve("tiff/val/images/set-0000.tif")).orElseThrow());
	}

	@Test
	void cellposeAndStarDistFindTheirNames() {
		assertLabels(written(OutputFormat.CELLPOSE, PixelKind.GREY8),
			"cellpose/val/set-0000_masks.tif");
		assertLabels(written(OutputFormat.STARDIST, PixelKind.GREY8),
			"stardist/val/masks/set-0000.tif");
		assertImage(item(PixelKind.GREY8), "cellpose/val/set-0000.tif");
		assertImage(item(PixelKind.GREY8), "stardist/val/images/set-0000.tif");
	}

	@ParameterizedTest
	@EnumSource
	void omeTiffDescribesItsPixels(final PixelKind kind) throws Exception {
		final MadeItem item = written(OutputFormat.OME_TIFF, kind);
		assertImage(item, "ome-tiff/val/set-0000.ome.tif");
		assertLabels(item, "ome-tiff/val/set-0000_labels.ome.tif");
		final FileInfo info =
			new TiffDecoder(root + "/ome-tiff/val/", "set-0000.ome.tif").getTiffInfo()[0];
		final Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
			.parse(new ByteArrayInputStream(info.description.strip().getBytes(StandardCharsets.UTF_8)));
		final Element pixels = (Element) xml.getElementsByTagName("Pixels").item(0);
		assertEquals(String.valueOf(WIDTH), pixels.getAttribute("SizeX"));
		assertEquals(String.valueOf(HEIGHT), pixels.getAttribute("SizeY"));
		assertEquals(kind == PixelKind.RGB8 ? "3" : "1", pixels.getAttribute("SizeC"));
		assertEquals(kind == PixelKind.GREY16 ? "uint16" : "uint8", pixels.getAttribute("Type"));
		assertEquals(String.valueOf(!info.intelByteOrder), pixels.getAttribute("BigEndian"));
	}

	private JsonObject json(final String path) throws IOException {
		return JsonParser.parseString(Files.readString(root.resolve(path))).getAsJsonObject();
	}

	@ParameterizedTest
	@EnumSource
	void omeZarrFollowsTheRulesOfNgff(final PixelKind kind) throws IOException {
		final MadeItem item = written(OutputFormat.OME_ZARR, kind);
		final String group = "ome-zarr/val/set-0000.zarr/";
		final JsonObject multiscale =
			json(group + ".zattrs").getAsJsonArray("multiscales").get(0).getAsJsonObject();
		assertEquals("0.4", multiscale.get("version").getAsString());
		assertEquals(
			"[{\"name\":\"c\",\"type\":\"channel\"},{\"name\":\"y\",\"type\":\"space\"},{\"name\":\"x\",\"type\":\"space\"}]",
			multiscale.get("axes").toString());
		assertEquals("{\"labels\":[\"objects\"]}", json(group + "labels/.zattrs").toString());
		assertEquals("../../", json(group + "labels/objects/.zattrs").getAsJsonObject("image-label")
			.getAsJsonObject("source").get("image").getAsString());
		assertArrayEquals(item.image().values(), zarr(group + "0"));
		assertArrayEquals(item.scene().labels(), zarr(group + "labels/objects/0"));
	}

	/** Reads an array by what its metadata say. */
	private int[] zarr(final String array) throws IOException {
		final JsonObject meta = json(array + "/.zarray");
		assertTrue(meta.get("compressor").isJsonNull() && meta.get("filters").isJsonNull());
		final int size = meta.get("dtype").getAsString().equals("<u2") ? 2 : 1;
		final int channels = meta.getAsJsonArray("shape").get(0).getAsInt();
		assertEquals("[1," + HEIGHT + "," + WIDTH + "]", meta.get("chunks").toString());
		final int[] values = new int[channels * WIDTH * HEIGHT];
		for (int channel = 0; channel < channels; channel++) {
			final byte[] chunk = Files.readAllBytes(root.resolve(array + "/" + channel + "/0/0"));
			assertEquals(size * WIDTH * HEIGHT, chunk.length);
			for (int i = 0; i < WIDTH * HEIGHT; i++)
				values[channel * WIDTH * HEIGHT + i] =
					size == 1 ? chunk[i] & 0xff : chunk[2 * i] & 0xff | (chunk[2 * i + 1] & 0xff) << 8;
		}
		return values;
	}

	@ParameterizedTest
	@EnumSource
	void cocoPicturesHoldTheirPixels(final PixelKind kind) throws IOException {
		final MadeItem item = written(OutputFormat.COCO, kind);
		final BufferedImage picture = ImageIO.read(root.resolve("coco/val/set-0000.png").toFile());
		final int[] pixel = new int[4];
		for (int i = 0; i < item.image().values().length; i++) {
			final int at = i % (WIDTH * HEIGHT);
			picture.getRaster().getPixel(at % WIDTH, at / WIDTH, pixel);
			assertEquals(item.image().values()[i], pixel[i / (WIDTH * HEIGHT)]);
		}
	}

	@Test
	void cocoRunLengthsAndPolygonsAreTheLabels() throws IOException {
		final MadeItem item = written(OutputFormat.COCO, PixelKind.GREY8);
		new CocoFile(root, "a test", List.of("nucleus", "cell")).write(Split.VAL, List.of("set-0000"));
		final JsonArray runs = json("coco/instances_val_rle.json").getAsJsonArray("annotations");
		final JsonArray outlines = json("coco/instances_val.json").getAsJsonArray("annotations");
		assertEquals(item.scene().count(), runs.size());
		for (int object = 0; object < runs.size(); object++) {
			final boolean[] mask = mask(item.scene(), object + 1);
			assertArrayEquals(mask,
				decoded(runs.get(object).getAsJsonObject().getAsJsonObject("segmentation")));
			assertEquals(2, runs.get(object).getAsJsonObject().get("category_id").getAsInt());
			final JsonElement outline = outlines.get(object).getAsJsonObject().get("segmentation");
			assertArrayEquals(mask, outline.isJsonArray() ? filled(outline.getAsJsonArray())
				: decoded(outline.getAsJsonObject()));
			assertEquals(runs.get(object).getAsJsonObject().get("area"),
				outlines.get(object).getAsJsonObject().get("area"));
		}
	}

	private static boolean[] mask(final Scene scene, final int label) {
		final boolean[] mask = new boolean[WIDTH * HEIGHT];
		for (int i = 0; i < mask.length; i++)
			mask[i] = scene.labels()[i] == label;
		return mask;
	}

	private static boolean[] decoded(final JsonObject rle) {
		final boolean[] mask = new boolean[WIDTH * HEIGHT];
		int at = 0;
		boolean inside = false;
		for (final JsonElement count : rle.getAsJsonArray("counts")) {
			for (int i = 0; i < count.getAsInt(); i++, at++)
				mask[at % HEIGHT * WIDTH + at / HEIGHT] = inside;
			inside = !inside;
		}
		assertEquals(mask.length, at, "run lengths cover the image");
		return mask;
	}

	/** By the JDK's geometry: which pixel centres lie inside. */
	private static boolean[] filled(final JsonArray polygons) {
		final boolean[] mask = new boolean[WIDTH * HEIGHT];
		for (final JsonElement polygon : polygons) {
			final Path2D path = new Path2D.Double();
			final JsonArray numbers = polygon.getAsJsonArray();
			path.moveTo(numbers.get(0).getAsDouble(), numbers.get(1).getAsDouble());
			for (int i = 2; i < numbers.size(); i += 2)
				path.lineTo(numbers.get(i).getAsDouble(), numbers.get(i + 1).getAsDouble());
			path.closePath();
			for (int i = 0; i < mask.length; i++)
				mask[i] |= path.contains(i % WIDTH + 0.5, i / WIDTH + 0.5);
		}
		return mask;
	}

	@ParameterizedTest
	@EnumSource
	void theSameItemGivesTheSameBytesAndReplacesWhatIsThere(final OutputFormat format)
		throws IOException
	{
		written(format, PixelKind.RGB8);
		final List<String> first = Trees.digest(root);
		written(format, PixelKind.RGB8);
		assertEquals(first, Trees.digest(root));
		assertFalse(first.isEmpty());
	}
}
