// Writes a dataset: generated images of nuclei, a mask and a label image for each, and a manifest as a CSV file.
//
// Read this before you train on it: a prompt does not say where the nuclei are, so there is no ground truth here. Masks
// and labels are what a simple segmentation found in the generated images. They are good for trying out a pipeline, and
// for comparing segmentations; a network trained on them learns this segmentation, with its mistakes.
//
//   images/0001.png   RGB, says where it comes from    masks/0001.tif    8-bit, 255 in nuclei
//   labels/0001.tif   16-bit, 0 outside, 1, 2, ... in each nucleus       manifest.csv
//
// Images that exist are not generated again, so a dataset that was stopped goes on where it was.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ String (label = "Prompts, separated by semicolons", value = "many round green nuclei; five elongated blue nuclei") prompts
#@ Long (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Images for each prompt", value = 5, min = 1) images_per_prompt
#@ Double (label = "Smallest nucleus (pixels)", value = 60, min = 1) smallest
#@output Integer image_count

import ij.IJ
import ij.ImagePlus
import ij.measure.ResultsTable
import ij.plugin.filter.EDM
import ij.plugin.filter.ParticleAnalyzer
import ij.plugin.filter.RankFilters
import ij.process.Blitter
import ij.process.ImageProcessor
import io.github.zimagefiji.image.png.PngFile

/** 255 where there is a nucleus, 0 elsewhere; see the template "Generate segment and measure". */
def segment(rgb) {
	def gray = rgb.getChannel(1, null)
	gray.copyBits(rgb.getChannel(2, null), 0, 0, Blitter.MAX)
	gray.copyBits(rgb.getChannel(3, null), 0, 0, Blitter.MAX)
	gray.blurGaussian(1)
	gray.setAutoThreshold("Otsu dark")
	def mask = gray.createMask()
	new RankFilters().rank(mask, 2, RankFilters.MIN)
	new RankFilters().rank(mask, 2, RankFilters.MAX)
	new EDM().toWatershed(mask)
	return mask
}

/** 0 outside, 1, 2, ... in each nucleus that is large enough. */
def label(mask, smallest) {
	mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE)
	def analyzer = new ParticleAnalyzer(ParticleAnalyzer.SHOW_ROI_MASKS, 0, new ResultsTable(), smallest,
		Double.POSITIVE_INFINITY)
	analyzer.setHideOutputImage(true)
	analyzer.analyze(new ImagePlus("", mask), mask)
	return analyzer.getOutputImage().getProcessor()
}

def folders = ["images", "masks", "labels"].collectEntries { [it, new File(output, it)] }
folders.values()*.mkdirs()
def quoted = { '"' + it.toString().replace('"', '""') + '"' }
def manifest = ["image,mask,labels,prompt,seed,nuclei,model,fingerprint"]
image_count = 0
for (prompt in prompts.split(";")*.trim()) {
	if (prompt.isEmpty()) continue
	for (seed in first_seed..<first_seed + images_per_prompt) {
		image_count++
		def name = String.format("%04d", image_count)
		def imageFile = new File(folders.images, name + ".png")
		if (!imageFile.exists()) PngFile.write(imageFile.toPath(), zimage.generate(model: model, prompt: prompt, seed: seed)
			.images().get(0))
		def labels = label(segment(IJ.openImage(imageFile.getPath()).getProcessor()), smallest)
		def mask = labels.duplicate()
		mask.max(1)
		mask.multiply(255)
		IJ.saveAsTiff(new ImagePlus(name, mask.convertToByteProcessor(false)), new File(folders.masks, name + ".tif").getPath())
		IJ.saveAsTiff(new ImagePlus(name, labels), new File(folders.labels, name + ".tif").getPath())
		// The file is asked, not the parameters: it may be from an earlier run.
		def origin = PngFile.readProvenance(imageFile.toPath()).get()
		manifest << ["images/" + name + ".png", "masks/" + name + ".tif", "labels/" + name + ".tif", quoted(origin.request()
			.prompt()), origin.request().seed(), (int) labels.getStats().max, quoted(origin.model().name()), origin.model()
			.fingerprint()].join(",")
	}
}
new File(output, "manifest.csv").write(manifest.join("\n") + "\n", "UTF-8")
println image_count + " images in " + output
