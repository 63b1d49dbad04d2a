// Edits every image of a folder by the same instruction, and writes the results as TIFF files of the same type and scale:
// 16 bits stay 16 bits.
//
// Files that are no images are passed over. A result that exists is not made again, so a batch that was stopped goes on
// where it was. An image that cannot be used does not stop the others; all problems are listed at the end.

#@ ZImageService zimage
#@ LogService log
#@ File (label = "Editing model (empty: built-in demo)", style = "directory", required = false) model
#@ String (label = "Instruction", value = "make the nuclei red") instruction
#@ File (label = "Images", style = "directory") input
#@ File (label = "Write the results into this folder", style = "directory") output
#@ Long (label = "Seed", value = 1, min = 0) seed
#@output Integer written

import io.github.zimagefiji.error.InvalidInputException
import io.github.zimagefiji.request.IntensityRange
import io.github.zimagefiji.image.source.PlaneChoice
import io.github.zimagefiji.image.SourceImage
import io.github.zimagefiji.image.TiffFile

output.mkdirs()
written = 0
def problems = []
input.listFiles().findAll { it.name =~ /(?i)\.(tiff?|png|jpe?g|gif|bmp)$/ }.sort().each { file ->
	def target = new File(output, file.name.replaceFirst(/\.[^.]+$/, "") + "-edited.tif")
	if (target.exists()) return
	try {
		def source = SourceImage.open(file.toPath(), IntensityRange.DISPLAY, PlaneChoice.SHOWN)
		def result = zimage.generate(task: "edit", images: [source.input()], model: model, prompt: instruction, seed: seed)
		TiffFile.write(target.toPath(), source, result.images())
		written++
	}
	catch (InvalidInputException e) {
		// Anything else, such as a run that was cancelled, ends the batch.
		problems << file.name + ": " + e.getMessage()
	}
}
problems.each { log.warn(it) }
println written + " images edited, " + problems.size() + " could not be used"
