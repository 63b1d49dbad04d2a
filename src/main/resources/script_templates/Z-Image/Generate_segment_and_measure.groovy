// Generates images of nuclei, segments them and measures what was found, with ImageJ's own analysis.
//
// The prompt says how many objects there should be; the table says how many there are. Use it to see how well a model
// follows a prompt, or how an analysis behaves on images of a known kind.

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

import ij.ImagePlus
import ij.ImageStack
import ij.measure.Measurements
import ij.measure.ResultsTable
import ij.plugin.filter.EDM
import ij.plugin.filter.ParticleAnalyzer
import ij.plugin.filter.RankFilters
import ij.process.Blitter
import ij.process.ImageProcessor
import io.github.zimagefiji.image.Images

/** 255 where there is an object, 0 elsewhere. */
def segment(rgb, split) {
	// the strongest of red, green and blue: objects of any colour are bright
	def gray = rgb.getChannel(1, null)
	gray.copyBits(rgb.getChannel(2, null), 0, 0, Blitter.MAX)
	gray.copyBits(rgb.getChannel(3, null), 0, 0, Blitter.MAX)
	gray.blurGaussian(1)
	gray.setAutoThreshold("Otsu dark")
	def mask = gray.createMask()
	// an opening removes what is thinner than an object
	new RankFilters().rank(mask, 2, RankFilters.MIN)
	new RankFilters().rank(mask, 2, RankFilters.MAX)
	if (split) new EDM().toWatershed(mask)
	return mask
}

images = Images.toImagePlus(zimage.generate(model: model, prompt: prompt, seed: first_seed, count: image_count))
def found = new ImageStack(images.getWidth(), images.getHeight())
def table = new ResultsTable()
for (slice in 1..images.getStackSize()) {
	def seed = first_seed + slice - 1
	def mask = segment(images.getStack().getProcessor(slice), split)
	found.addSlice("seed " + seed, mask)
	mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE)
	def before = table.size()
	// Red, green and blue would be measured as gray; area and shape do not depend on it.
	new ParticleAnalyzer(ParticleAnalyzer.SHOW_NONE, Measurements.AREA + Measurements.CENTROID +
		Measurements.SHAPE_DESCRIPTORS, table, smallest, Double.POSITIVE_INFINITY).analyze(new ImagePlus("", mask), mask)
	for (row in before..<table.size()) {
		table.setValue("Seed", row, seed)
		table.setValue("Prompt", row, prompt)
	}
	println "seed " + seed + ": " + (table.size() - before) + " objects"
}
masks = new ImagePlus("Masks of " + images.getTitle(), found)
if (table_file != null && !table_file.getPath().isEmpty()) table.save(table_file.getPath())
if (!java.awt.GraphicsEnvironment.isHeadless()) table.show("Objects in " + images.getTitle())
