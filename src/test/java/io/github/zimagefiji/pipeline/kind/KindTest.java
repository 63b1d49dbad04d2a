
package io.github.zimagefiji.pipeline.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.InputPictures;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/** What holds for every kind of request. */
class KindTest {

	private static final TextToImageRequest TEXT = TextToImageRequest.builder("cells").build();
	private static final InputImage IMAGE = InputPictures.smooth(70, 64);
	private static final InputMask MASK = InputPictures.rectangle(70, 64, 0, 0, 16, 16);

	@TempDir
	Path folder;

	/**
	 * @param pictures that the autoencoder encodes
	 * @param roles of networks beside those of every model
	 * @param inputs that the record names
	 */
	private record Expected(GenerationRequest request, Canvas canvas, int pictures,
			Set<Part.Role> roles, List<String> inputs, boolean pasted)
	{}

	private static List<Expected> expected() {
		final Canvas own = Canvas.padded(70, 64);
		return List.of(
			new Expected(TEXT.toBuilder().size(96, null).build(), Canvas.exact(96, 1024), 0, Set.of(),
				List.of(), false),
			new Expected(new ImageToImageRequest(TEXT, IMAGE, 0.5), own, 1, Set.of(), List.of("image"),
				false),
			new Expected(new InpaintRequest(TEXT, IMAGE, MASK), own, 1, Set.of(),
				List.of("image", "mask"), true),
			new Expected(new OutpaintRequest(TEXT, IMAGE, 0, 20, 0, 16, Tiling.AUTO, false),
				Canvas.padded(90, 80), 1, Set.of(), List.of("image"), true),
			new Expected(new ControlRequest(TEXT, Golden.path("controlnet_v20"), IMAGE, 1), own, 1,
				Set.of(Part.Role.CONTROL_NET), List.of("control"), false),
			new Expected(
				new ControlRequest(TEXT, Golden.path("controlnet_v20"), IMAGE, 1, IMAGE, MASK, 0,
					Tiling.AUTO, false),
				own, 2, Set.of(Part.Role.CONTROL_NET), List.of("control", "image", "mask"), true),
			new Expected(new EditRequest(TEXT, List.of(InputPictures.smooth(80, 96), IMAGE)), own, 2,
				Set.of(Part.Role.IMAGE_ENCODER), List.of("reference", "reference"), false));
	}

	@Test
	void eachKindSaysItsSizeNetworksPicturesAndRecord() {
		final ModelFolder plain = ModelFolder.open(Golden.model());
		final ModelFolder omni = ModelFolder.open(ModelCopy.omniTo(folder.resolve("omni")).folder());
		final Set<Task> seen = EnumSet.noneOf(Task.class);
		for (final Expected each : expected()) {
			final Task task = each.request().task();
			seen.add(task);
			final Kind kind = Kind.of(task == Task.EDIT ? omni : plain, each.request());
			assertSame(each.request(), kind.request());
			assertEquals(each.canvas(), kind.canvas(), task.label());
			assertEquals(each.pictures(), kind.pictures().size(), task.label());
			final List<Part.Role> roles = kind.parts().stream().map(Part::role).toList();
			assertEquals(each.roles(), Set.copyOf(roles), task.label());
			assertEquals(each.pasted(), kind.pasteBack() != null, task.label());
			assertEquals(kind.controlNet() != null, roles.contains(Part.Role.CONTROL_NET));
			final Conditions conditions = kind.conditions("whole", List.of());
			assertEquals(task, conditions.task());
			assertEquals(each.inputs(), conditions.inputs().stream().map(Conditions.Input::role).toList(),
				task.label());
			if (task != Task.EDIT) conditions.inputs()
				.forEach(input -> assertEquals(70, input.width(), "as it came: " + task.label()));
		}
		assertEquals(EnumSet.allOf(Task.class), seen);
	}
}
