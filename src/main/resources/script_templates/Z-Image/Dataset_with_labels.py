# Writes a dataset: generated images of nuclei, a mask and a label image for each, and a manifest as a CSV file.
#
# Read this before you train on it: a prompt does not say where the nuclei are, so there is no ground truth here. Masks
# and labels are what a simple segmentation found in the generated images. They are good for trying out a pipeline, and
# for comparing segmentations; a network trained on them learns this segmentation, with its mistakes.
#
#   images/0001.png   RGB, says where it comes from    masks/0001.tif    8-bit, 255 in nuclei
#   labels/0001.tif   16-bit, 0 outside, 1, 2, ... in each nucleus       manifest.csv
#
# Images that exist are not generated again, so a dataset that was stopped goes on where it was.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ String (label = "Prompts, separated by semicolons", value = "many round green nuclei; five elongated blue nuclei") prompts
#@ Long (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Images for each prompt", value = 5, min = 1) images_per_prompt
#@ Double (label = "Smallest nucleus (pixels)", value = 60, min = 1) smallest
#@output Integer image_count

from ij import IJ, ImagePlus
from ij.measure import ResultsTable
from ij.plugin.filter import EDM, ParticleAnalyzer, RankFilters
from ij.process import Blitter, ImageProcessor
from io.github.zimagefiji.image.png import PngFile
from java.io import File
from java.lang import Double
from java.nio.file import Files


def segment(rgb):
	"""255 where there is a nucleus, 0 elsewhere; see the template "Generate segment and measure"."""
	gray = rgb.getChannel(1, None)
	gray.copyBits(rgb.getChannel(2, None), 0, 0, Blitter.MAX)
	gray.copyBits(rgb.getChannel(3, None), 0, 0, Blitter.MAX)
	gray.blurGaussian(1)
	gray.setAutoThreshold("Otsu dark")
	mask = gray.createMask()
	RankFilters().rank(mask, 2, RankFilters.MIN)
	RankFilters().rank(mask, 2, RankFilters.MAX)
	EDM().toWatershed(mask)
	return mask


def label(mask):
	"""0 outside, 1, 2, ... in each nucleus that is large enough."""
	mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE)
	analyzer = ParticleAnalyzer(ParticleAnalyzer.SHOW_ROI_MASKS, 0, ResultsTable(), smallest, Double.POSITIVE_INFINITY)
	analyzer.setHideOutputImage(True)
	analyzer.analyze(ImagePlus("", mask), mask)
	return analyzer.getOutputImage().getProcessor()


def quoted(text):
	return '"' + text.replace('"', '""') + '"'


folders = {}
for name in ["images", "masks", "labels"]:
	folders[name] = File(output, name)
	folders[name].mkdirs()
manifest = ["image,mask,labels,prompt,seed,nuclei,model,fingerprint"]
image_count = 0
for prompt in [text.strip() for text in prompts.split(";")]:
	if not prompt:
		continue
	for seed in range(first_seed, first_seed + images_per_prompt):
		image_count += 1
		name = "%04d" % image_count
		image_file = File(folders["images"], name + ".png")
		if not image_file.exists():
			result = zimage.generate({"model": model, "prompt": prompt, "seed": seed})
			PngFile.write(image_file.toPath(), result.images().get(0))
		labels = label(segment(IJ.openImage(image_file.getPath()).getProcessor()))
		mask = labels.duplicate()
		mask.max(1)
		mask.multiply(255)
		IJ.saveAsTiff(ImagePlus(name, mask.convertToByteProcessor(False)), File(folders["masks"], name + ".tif").getPath())
		IJ.saveAsTiff(ImagePlus(name, labels), File(folders["labels"], name + ".tif").getPath())
		# The file is asked, not the parameters: it may be from an earlier run.
		origin = PngFile.readProvenance(image_file.toPath()).get()
		manifest.append(u",".join(["images/" + name + ".png", "masks/" + name + ".tif", "labels/" + name + ".tif",
			quoted(origin.request().prompt()), str(origin.request().seed()), str(int(labels.getStats().max)),
			quoted(origin.model().name()), origin.model().fingerprint()]))
Files.write(File(output, "manifest.csv").toPath(), manifest)  # as UTF-8
print("%d images in %s" % (image_count, output))
