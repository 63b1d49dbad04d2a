
package io.github.zimagefiji.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.provenance.ProvenanceJson;
import io.github.zimagefiji.provenance.ProvenanceText;

/** Readers of what an image says of how it was made. */
final class ProvenanceTargets {

	private static final String JSON =
		"{\"request\":{\"prompt\":\"a cell\",\"negative_prompt\":\"\",\"width\":64,\"height\":null,\"steps\":9," +
			"\"guidance\":0.0,\"cfg_normalization\":0.0,\"cfg_truncation\":1.0,\"sigmas\":[],\"max_tokens\":512," +
			"\"seed\":42,\"count\":1},\"conditions\":{\"task\":\"inpaint\",\"inputs\":[{\"role\":\"image\"," +
			"\"name\":\"x.tif\",\"width\":64,\"height\":64,\"sha256\":\"00\",\"mapping\":{\"range\":\"display\"," +
			"\"pixel_type\":\"16-bit\",\"low\":[0.0],\"high\":[4095.0]}}],\"strength\":0.6,\"feather\":4,\"borders\":[]," +
			"\"tiles\":\"none\",\"reference\":false,\"control\":{\"name\":\"c\",\"fingerprint\":\"f\",\"scale\":1.0}," +
			"\"loras\":[{\"name\":\"l\",\"fingerprint\":\"f\",\"scale\":0.8,\"unused\":0}]},\"explicit_latents\":false," +
			"\"model\":{\"name\":\"m\",\"variant\":\"turbo\",\"variant_reason\":\"r\",\"fingerprint\":\"f\"," +
			"\"fingerprint_kind\":\"k\"},\"sigmas\":[1.0,0.5,0.0],\"precision\":\"float32\",\"device\":\"cpu\"," +
			"\"threads\":2,\"decoding\":\"whole\",\"dropped_tokens\":0,\"plugin_version\":\"1\",\"engine_version\":\"e\"}";

	private ProvenanceTargets() {
		// only in()
	}

	static List<Target> in(final Path folder) throws IOException {
		final Provenance provenance = ProvenanceJson.read(JSON);
		final Path png = Targets.file(folder, "provenance in PNG", "x.png");
		PngFile.write(png, new GeneratedImage(4, 4, new float[48], provenance));
		final Path tiff = Targets.file(folder, "provenance in TIFF", "x.tif");
		final ImagePlus image = new ImagePlus("x", new ByteProcessor(4, 4));
		image.setProperty("Info", ProvenanceText.write(List.of(provenance, provenance)));
		IJ.saveAsTiff(image, tiff.toString());
		return List.of(
			new Target("provenance", Format.JSON, Targets.file(folder, "provenance", "x.json"),
				Targets.texts(JSON), (file, input, i) -> ProvenanceJson.read(Targets.text(input))),
			new Target("provenance lines", Format.TEXT, Targets.file(folder, "provenance lines", "x.txt"),
				Targets.texts(ProvenanceText.write(List.of(provenance))),
				(file, input, i) -> ProvenanceText.read(Targets.text(input))),
			new Target("provenance in PNG", Format.PNG, png, List.of(Files.readAllBytes(png)),
				(file, input, i) -> PngFile.readProvenance(file)),
			new Target("provenance in TIFF", Format.TIFF, tiff, List.of(Files.readAllBytes(tiff)),
				(file, input, i) -> TiffFile.readProvenances(file)));
	}
}
