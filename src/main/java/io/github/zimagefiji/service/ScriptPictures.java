
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.setting.RequestPictures;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.SettingValues;
import io.github.zimagefiji.request.setting.Settings;

/**
 * The pictures that a script hands over.
 *
 * @param task what they are for
 */
record ScriptPictures(SettingValues values, Task task) implements RequestPictures {

	@Override
	public InputImage image(final boolean needed) {
		return needed || values.has(Settings.IMAGE) ? needed(Settings.IMAGE).input() : null;
	}

	@Override
	public List<InputImage> images() {
		return Stream.concat(Stream.ofNullable(image(false)), values.find(Settings.IMAGES).stream()
			.flatMap(List::stream).map(each -> picture(Settings.IMAGES, each).input())).toList();
	}

	@Override
	public InputMask mask(final boolean needed) {
		if (values.has(Settings.MASK)) return needed(Settings.MASK).mask();
		if (!needed) return null;
		if (needed(Settings.IMAGE).value() instanceof ImagePlus image)
			return MaskSource.ofSelection(image);
		throw new InvalidInputException(
			"There is no mask. Give one, or an ImagePlus with a selection as the image.");
	}

	@Override
	public InputImage control() {
		return needed(Settings.CONTROL_IMAGE)
			.control(ControlPreprocessor.of(values.get(Settings.PREPROCESSOR)));
	}

	@Override
	public Path controlNet() {
		return values.find(Settings.CONTROL_MODEL).orElseGet(() -> {
			if (values.find(Settings.MODEL).isPresent()) throw new InvalidInputException(
				"A model is given without control_model, the ControlNet that goes with it. Give a folder or a safetensors file.");
			return BuiltInModel.controlNet();
		});
	}

	private ScriptPicture needed(final Setting<Object> setting) {
		return picture(setting,
			values.find(setting).orElseThrow(
				() -> new InvalidInputException("The value " + setting.name() + " is missing, which " +
					task.label() + " starts from. Give an ImagePlus, an image of ImgLib2 or a file.")));
	}

	private ScriptPicture picture(final Setting<?> setting, final Object value) {
		return new ScriptPicture(setting.name(), value, values.get(Settings.INTENSITY),
			PlaneChoice.ofChannel(values.get(Settings.CHANNEL)));
	}
}
