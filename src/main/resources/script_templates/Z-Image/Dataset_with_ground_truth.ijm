// Writes a dataset to train segmentation with: images of nuclei that were made from labels, so that the labels are true.
//
// Each image is compared with its labels by a segmentation that does not know them; report.html shows how well they agree.
// The recipe can be saved and run on a cluster: docs/dataset.md. A dataset that was stopped goes on where it was; another
// recipe needs another folder. The images are synthetic: judge what was trained on them on real ones.

#@ File (label = "Write the dataset into this folder", style = "directory") output
#@ Integer (label = "Number of images", value = 50, min = 5) image_count
#@ Integer (label = "Fewest nuclei in an image", value = 1, min = 1) fewest
#@ Integer (label = "Most nuclei in an image", value = 6, min = 1) most
#@ Integer (label = "Seed", value = 1) seed

run("Synthesize Dataset...", "labels=nuclei count=" + fewest + "-" + most + " items=" + image_count + " seed=" + seed +
	" prompt=[{count} round {colour} nuclei on a dark background] values=[colour=green, blue, white]" +
	" splits=[0.6, 0.2, 0.2] outputs=[tiff, coco] min_iou=0.6 max_count_error=1 retries=2 show_pairs=false resume=true" +
	" output=[" + output + "]");
print("The dataset is in " + output + "; report.html shows how well images agree with their labels.");
