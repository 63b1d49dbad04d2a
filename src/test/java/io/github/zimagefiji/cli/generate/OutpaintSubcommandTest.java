
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.Task;

/** Real runs of {@code zimage outpaint}. */
@Tag("engine")
class OutpaintSubcommandTest {

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	@ParameterizedTest
	@CsvSource({ "in.tif, out.tif", "in.png, out.png" })
	void putsTheImageUnchangedIntoALargerOne(final String in, final String out) {
		if (in.endsWith(".tif")) Drawn.tiff16(file(in), 41, 30);
		else Drawn.png(file(in), 41, 30);
		Call
			.tiny("outpaint", "--image", file(in), "--left", 5, "--right", 16, "--top", 3, "--bottom", 9,
				"--output", file(out))
			.succeeded().told("5 left, 16 right, 3 top, 9 bottom", "Result: 62 × 42 pixels");
		final ImageProcessor before = Drawn.open(file(in)).getProcessor();
		final ImageProcessor after = Drawn.open(file(out)).getProcessor();
		Drawn.assertSize(62, 42, Drawn.open(file(out)));
		after.setRoi(5, 3, 41, 30);
		assertEquals(before.getBitDepth(), after.getBitDepth());
		assertEquals(0, Drawn.difference(before, after.crop()));
	}

	@Test
	void keepsTheScaleAndMovesTheOrigin() {
		Drawn.tiff16(file("in.tif"), 40, 40);
		Call.tiny("outpaint", "--image", file("in.tif"), "--left", 8, "--right", 8, "--top", 8,
			"--bottom", 8, "--output", file("out.tif")).succeeded();
		final ImagePlus made = Drawn.open(file("out.tif"));
		assertEquals(0.25, made.getCalibration().pixelWidth, 1e-9);
		assertEquals(8, made.getCalibration().xOrigin);
		final Conditions conditions =
			TiffFile.readProvenance(file("out.tif")).orElseThrow().conditions();
		assertEquals(Task.OUTPAINT, conditions.task());
		assertEquals(List.of(8, 8, 8, 8), conditions.borders());
	}

	@Test
	void resizesAsTheReferenceWhenAsked() {
		Drawn.tiff16(file("in.tif"), 40, 40);
		Call.tiny("outpaint", "--image", file("in.tif"), "--left", 20, "--reference", "--output",
			file("out.tif")).succeeded();
		Drawn.assertSize(48, 32, Drawn.open(file("out.tif")));
		Call.tiny("outpaint", "--image", file("in.tif"), "--left", 8, "--top", 8, "--reference",
			"--output", file("same.tif")).succeeded();
		Drawn.assertSize(48, 48, Drawn.open(file("same.tif")));
		assertEquals(16, Drawn.open(file("same.tif")).getBitDepth());
		assertTrue(TiffFile.readProvenance(file("same.tif")).orElseThrow().conditions().reference());
	}
}
