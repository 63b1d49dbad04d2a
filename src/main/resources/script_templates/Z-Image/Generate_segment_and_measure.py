# Generates images of nuclei, segments them and measures what was found, with ImageJ's own analysis.
#
# The prompt says how many objects there should be; the table says how many there are. Use it to see how well a model
# follows a prompt, or how an analysis behaves on images of a known kind.

#@ ZImageService zimage
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ String (label = "Prompt", value = "four round green nuclei") prompt
#@ Long (label = "First seed", value = 1, min = 0) first_seed
#@ Integer (label = "Number of images", value = 3, min = 1) image_count
#@ Double (label = "Smallest object (pixels)", value = 60, min = 1) smallest
#@ Boolean (label = "Split objects that touch", value = true) split
#@ File (label = "Save the table as (empty: do not save)", style = "save", required = false) table_file
#@output ImagePlus images
#@output ImagePlus masks

from ij import ImagePlus, ImageStack
from ij.measure import Measurements, ResultsTable
from ij.plugin.filter import EDM, ParticleAnalyzer, RankFilters
from ij.process import Blitter, ImageProcessor
from io.github.zimagefiji.image import Images
from java.awt import GraphicsEnvironment
from java.lang import Double


def segment(rgb):
	"""255 where there is an object, 0 elsewhere."""
	# the strongest of red, green and blue: objects of any colour are bright
	gray = rgb.getChannel(1, None)
	gray.copyBits(rgb.getChannel(2, None), 0, 0, Blitter.MAX)
	gray.copyBits(rgb.getChannel(3, None), 0, 0, Blitter.MAX)
	gray.blurGaussian(1)
	gray.setAutoThreshold("Otsu dark")
	mask = gray.createMask()
	# an opening removes what is thinner than an object
	RankFilters().rank(mask, 2, RankFilters.MIN)
	RankFilters().rank(mask, 2, RankFilters.MAX)
	if split:
		EDM().toWatershed(mask)
	return mask


images = Images.toImagePlus(zimage.generate({"model": model, "prompt": prompt, "seed": first_seed, "count": image_count}))
found = ImageStack(images.getWidth(), images.getHeight())
table = ResultsTable()
for slice in range(1, images.getStackSize() + 1):
	seed = first_seed + slice - 1
	mask = segment(images.getStack().getProcessor(slice))
	found.addSlice("seed %d" % seed, mask)
	mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE)
	before = table.size()
	# Red, green and blue would be measured as gray; area and shape do not depend on it.
	ParticleAnalyzer(ParticleAnalyzer.SHOW_NONE, Measurements.AREA + Measurements.CENTROID
		+ Measurements.SHAPE_DESCRIPTORS, table, smallest, Double.POSITIVE_INFINITY).analyze(ImagePlus("", mask), mask)
	for row in range(before, table.size()):
		table.setValue("Seed", row, float(seed))
		table.setValue("Prompt", row, prompt)
	print("seed %d: %d objects" % (seed, table.size() - before))
masks = ImagePlus("Masks of " + images.getTitle(), found)
if table_file is not None and table_file.getPath():
	table.save(table_file.getPath())
if not GraphicsEnvironment.isHeadless():
	table.show("Objects in " + images.getTitle())
