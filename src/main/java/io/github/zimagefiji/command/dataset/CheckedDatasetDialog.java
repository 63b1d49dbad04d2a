
package io.github.zimagefiji.command.dataset;

import io.github.zimagefiji.command.RequestInputs;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/**
 * What SciJava shows beside a value of the dataset dialog that cannot be used; empty if it can.
 */
@SuppressWarnings("unused") // SciJava calls them by their names
abstract class CheckedDatasetDialog extends DatasetDialog {

	private String sourceProblem() {
		return problemFound("source", !isDrawn());
	}

	private String realProblem() {
		return problem("real_images");
	}

	private String styleProblem() {
		return problem("style");
	}

	private String brightnessProblem() {
		return problem("brightness");
	}

	private String modelProblem() {
		return problemFound("model", isDrawn());
	}

	private boolean isDrawn() {
		return problem("labels").isEmpty() && LabelChoice.of(labels).isDrawn();
	}

	private String countProblem() {
		return problem("count");
	}

	private String radiusProblem() {
		return problem("radius");
	}

	private String overlapProblem() {
		return problem("overlap");
	}

	private String clusteringProblem() {
		return problem("clustering");
	}

	private String promptProblem() {
		return problem("prompt");
	}

	private String valuesProblem() {
		return problem("values");
	}

	private String loraProblem() {
		return problem("lora");
	}

	private String stepsProblem() {
		return problem("steps");
	}

	private String strengthProblem() {
		return problem("strength");
	}

	private String itemsProblem() {
		return problem("items");
	}

	private String variantsProblem() {
		return problem("variants");
	}

	private String splitsProblem() {
		return problem("splits");
	}

	private String outputsProblem() {
		return problem("outputs");
	}

	private String pixelsProblem() {
		return problem("pixels");
	}

	private String retriesProblem() {
		return problem("retries");
	}

	private String nameProblem() {
		return problem("name");
	}

	private String controlnetProblem() {
		return problem("controlnet");
	}

	private String scaleProblem() {
		return problem("control_scale");
	}

	private String sizeProblem() {
		return problem("image_size");
	}

	private String cameraProblem() {
		return problem("camera_numbers");
	}

	private String iouProblem() {
		return problem("min_iou");
	}

	private String errorProblem() {
		return problem("max_count_error");
	}

	private String deviceProblem() {
		return RequestInputs.problemOf(() -> new ComputeOptions(device, Precision.AUTO, 0));
	}

	private String threadsProblem() {
		return RequestInputs.problemOf(() -> new ComputeOptions("auto", Precision.AUTO, threads));
	}

	private String outputProblem() {
		return problemOfOutput();
	}

	private String fileProblem() {
		return problemOfFile();
	}
}
