// Generates one image for each line of a text file and writes it as a PNG file that says where it comes from.
//
// The text file is UTF-8. A line holds a prompt and, if you like, a tab and a seed after it; lines that are blank or start
// with # are passed over. A file that exists is not generated again, so a batch that was stopped goes on where it was. A
// line that cannot be used does not stop the others; all problems are listed at the end.

#@ ZImageService zimage
#@ LogService log
#@ File (label = "Model folder (empty: built-in demo)", style = "directory", required = false) model
#@ File (label = "Text file of prompts") prompt_file
#@ File (label = "Write the images into this folder", style = "directory") output
#@ Long (label = "Seed of lines without one", value = 1, min = 0) default_seed
#@output Integer written

import io.github.zimagefiji.error.InvalidInputException
import io.github.zimagefiji.image.png.PngFile

output.mkdirs()
written = 0
def problems = []
prompt_file.readLines("UTF-8").eachWithIndex { line, index ->
	if (line.trim().isEmpty() || line.startsWith("#")) return
	def parts = line.split("\t")
	def seed = parts.length > 1 ? parts[1].trim() : default_seed
	def file = new File(output, String.format("line-%04d-seed-%s.png", index + 1, seed))
	if (file.exists()) return
	try {
		def result = zimage.generate(model: model, prompt: parts[0].trim(), seed: seed)
		PngFile.write(file.toPath(), result.images().get(0))
		written++
	}
	catch (InvalidInputException e) {
		// Anything else, such as a run that was cancelled, ends the batch.
		problems << "Line " + (index + 1) + ": " + e.getMessage()
	}
}
problems.each { log.warn(it) }
println written + " images written, " + problems.size() + " lines could not be used"
