
package io.github.zimagefiji.dataset.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.error.InvalidInputException;

/** Draws label scenes from seeds: the same pixels on every machine. */
public final class SceneArtist {

	private static final int PLACES = 200;
	private static final int ROUNDS = 40;
	private static final int FULL_SIZE_ROUNDS = 8;
	private static final double SHRINKING = 0.94;

	private final int width;
	private final int height;
	private final List<Population> populations;

	/** An artist for scenes of one size. */
	public SceneArtist(final int width, final int height, final List<Population> populations) {
		this.width = width;
		this.height = height;
		this.populations = List.copyOf(populations);
	}

	/**
	 * Draws a scene with exactly the objects that {@link SceneCounts} tells. If they find no room,
	 * all is drawn again; after eight times with smaller and smaller objects.
	 *
	 * @throws InvalidInputException if they find no room even so
	 */
	public Scene draw(final String name, final long seed) {
		final int[] counts = SceneCounts.of(populations, seed);
		for (int round = 0; round < ROUNDS; round++) {
			final double size = StrictMath.pow(SHRINKING, Math.max(0, round - FULL_SIZE_ROUNDS + 1));
			final Optional<Scene> scene = draw(name, counts, size, SceneRandom.of(seed, round + 1));
			if (scene.isPresent()) return scene.get();
		}
		throw new InvalidInputException("The objects of scene \"" + name + "\" find no room in " +
			width + " × " + height + " pixels. Ask for fewer or smaller ones, or allow more overlap.");
	}

	private Optional<Scene> draw(final String name, final int[] counts, final double size,
		final Random random)
	{
		final Canvas canvas = new Canvas(width, height);
		for (int i = 0; i < counts.length; i++) {
			final Population population = populations.get(i);
			final boolean done =
				population.kind() == ObjectKind.TISSUE ? tissue(canvas, population, counts[i], random)
					: objects(canvas, population, counts[i], size, random);
			if (!done) return Optional.empty();
		}
		return Optional.of(canvas.scene(name));
	}

	private boolean tissue(final Canvas canvas, final Population population, final int count,
		final Random random)
	{
		return new Tessellation(width, height, count, population.gap(), random).cells().stream()
			.allMatch(cell -> canvas.put(cell, population.className(), 0, 0));
	}

	private boolean objects(final Canvas canvas, final Population population, final int count,
		final double size, final Random random)
	{
		final List<double[]> earlier = new ArrayList<>();
		// on a tissue, objects lie in its cells
		final double overlap = populations.get(0).kind() == ObjectKind.TISSUE
			? Math.max(population.overlap(), 0.9) : population.overlap();
		for (int i = 0; i < count; i++) {
			if (!object(canvas, population, overlap, size, earlier, random)) return false;
		}
		return true;
	}

	private boolean object(final Canvas canvas, final Population population, final double overlap,
		final double size, final List<double[]> earlier, final Random random)
	{
		for (int place = 0; place < PLACES; place++) {
			final double radius = Math.max(0.5, population.radius().at(random.nextDouble()) * size);
			final double[] centre = centre(population, radius, earlier, random);
			final Shape shape = population.kind() == ObjectKind.FILAMENTS
				? new Filament(centre[0], centre[1], radius, population, random)
				: new Blob(centre[0], centre[1], radius, population, random);
			if (canvas.put(shape.pixels(width, height), population.className(), overlap,
				population.gap()))
			{
				earlier.add(new double[] { centre[0], centre[1], radius });
				return true;
			}
		}
		return false;
	}

	/** Anywhere with the radius inside the image, or beside an earlier object. */
	private double[] centre(final Population population, final double radius,
		final List<double[]> earlier, final Random random)
	{
		final double marginX = Math.min(radius, width / 2.0);
		final double marginY = Math.min(radius, height / 2.0);
		final boolean beside = random.nextDouble() < population.clustering();
		if (beside && !earlier.isEmpty()) {
			final double[] neighbour = earlier.get((int) (random.nextDouble() * earlier.size()));
			final double distance =
				(radius + neighbour[2]) * (1 + 0.5 * random.nextDouble()) + population.gap();
			final double angle = random.nextDouble() * 2 * StrictMath.PI;
			final double x = neighbour[0] + distance * StrictMath.cos(angle);
			final double y = neighbour[1] + distance * StrictMath.sin(angle);
			if (x >= marginX && x <= width - marginX && y >= marginY && y <= height - marginY)
				return new double[] { x, y };
		}
		return new double[] { marginX + random.nextDouble() * (width - 2 * marginX),
			marginY + random.nextDouble() * (height - 2 * marginY) };
	}
}
