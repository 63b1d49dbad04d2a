import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import io.github.zimagefiji.cli.ZImage;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/**
 * Makes the pictures of the page about runs that start from an image: each is a row of panels that the command line made
 * with the built-in model, under the words that made them.
 *
 * <pre>
 * scripts/pictures/from-an-image [FOLDER]
 * </pre>
 */
public final class FromAnImage {

	private static final int SCALE = 2;
	private static final int GAP = 8;
	private static final int LINE = 18;

	private final Path work;
	private final Path folder;

	private record Panel(Path file, String words) {}

	private FromAnImage(final Path work, final Path folder) {
		this.work = work;
		this.folder = folder;
	}

	/** @param arguments the folder of the pictures */
	public static void main(final String[] arguments) throws IOException {
		final Path work = Files.createTempDirectory("pictures");
		new FromAnImage(work, Path.of(arguments[0])).make();
	}

	private void make() throws IOException {
		final Path source = run("source", "text-to-image", "--prompt", "five round green nuclei", "--seed", "8");
		final Panel before = new Panel(source, "the image");
		final List<Panel> strengths = new ArrayList<>(List.of(before));
		for (final String strength : List.of("0.3", "0.6", "0.9")) {
			strengths.add(new Panel(run("strength" + strength, "image-to-image", "--image", source.toString(), "--strength",
				strength, "--prompt", "five round red nuclei", "--seed", "1"), "red nuclei, strength " + strength));
		}
		row("image-to-image", strengths);

		final Path mask = draw("mask", Color.BLACK, g -> {
			g.setColor(Color.WHITE);
			g.fillRect(44, 46, 84, 56);
		});
		row("inpaint", List.of(before, new Panel(mask, "the mask"), new Panel(run("inpaint", "inpaint", "--image", source
			.toString(), "--mask", mask.toString(), "--feather", "4", "--prompt", "two round magenta nuclei", "--seed", "4"),
			"magenta nuclei")));
		row("outpaint", List.of(before, new Panel(run("outpaint", "outpaint", "--image", source.toString(), "--left", "64",
			"--right", "64", "--prompt", "many round green nuclei", "--seed", "3"), "64 pixels at the left and right")));

		final Path labels = draw("labels", Color.BLACK, g -> {
			final int[][] discs = { { 12, 14, 40, 26 }, { 70, 10, 30, 34 }, { 24, 62, 28, 46 }, { 74, 58, 44, 24 }, { 70, 94, 26,
				26 } };
			for (int i = 0; i < discs.length; i++) {
				g.setColor(new Color(i + 1, i + 1, i + 1));
				g.fillOval(discs[i][0], discs[i][1], discs[i][2], discs[i][3]);
			}
		});
		final Path shown = draw("shown", Color.BLACK, g -> drawLabels(g, labels));
		final List<Panel> controlled = new ArrayList<>(List.of(new Panel(shown, "five labels")));
		for (final String prompt : List.of("green nuclei", "dim blue nuclei on a hazy background", "bright white nuclei")) {
			controlled.add(new Panel(run(prompt, "control", "--control-image", labels.toString(), "--control-from",
				"filled-labels", "--control-scale", "1", "--prompt", prompt, "--seed", "2"), prompt));
		}
		row("control", controlled);

		final List<Panel> edited = new ArrayList<>(List.of(before));
		for (final String words : List.of("make the nuclei red", "make the image darker", "make the background grey")) {
			edited.add(new Panel(run(words, "edit", "--image", source.toString(), "--prompt", words, "--seed", "1"), words));
		}
		row("edit", edited);

		final List<Panel> grainy = new ArrayList<>();
		for (final String scale : List.of("0", "0.5", "1")) {
			grainy.add(new Panel(run("lora" + scale, "text-to-image", "--prompt", "five round white nuclei", "--seed", "1",
				"--lora", BuiltInModel.grainyLora() + ":" + scale), "LoRA, scale " + scale));
		}
		row("lora", grainy);

		final Path wide = draw("wide", 384, 256, new Color(0, 16, 0), g -> {
			g.setColor(new Color(0, 150, 0));
			for (int i = 0; i < 54; i++) {
				g.fillOval(10 + i % 9 * 42 + i / 9 % 2 * 14, 8 + i / 9 * 42, 22, 20 + i % 4 * 3);
			}
		});
		row("tiles", List.of(new Panel(wide, "384 × 256 pixels"), new Panel(run("tiles", "image-to-image", "--image", wide
			.toString(), "--strength", "0.7", "--prompt", "many round green nuclei", "--seed", "5"),
			"computed in tiles of 128 × 128")));
	}

	/** Runs a subcommand. */
	private Path run(final String name, final String... arguments) {
		final Path output = work.resolve(name.replace(' ', '-') + ".png");
		final List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.addAll(List.of("--quiet", "--output", output.toString()));
		final PrintWriter out = new PrintWriter(System.out, true);
		if (ZImage.run(all.toArray(new String[0]), out, out) != 0) throw new IllegalStateException(String.join(" ", all));
		return output;
	}

	private interface Drawing {

		void on(Graphics2D graphics) throws IOException;
	}

	private Path draw(final String name, final Color background, final Drawing drawing) throws IOException {
		return draw(name, 128, 128, background, drawing);
	}

	private Path draw(final String name, final int width, final int height, final Color background,
		final Drawing drawing) throws IOException
	{
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = image.createGraphics();
		graphics.setColor(background);
		graphics.fillRect(0, 0, width, height);
		drawing.on(graphics);
		graphics.dispose();
		final Path file = work.resolve(name + ".png");
		if (!name.equals("labels")) ImageIO.write(image, "png", file.toFile());
		else ImageIO.write(grey(image), "png", file.toFile());
		return file;
	}

	/** A label image has one channel. */
	private static BufferedImage grey(final BufferedImage colour) {
		final BufferedImage grey = new BufferedImage(colour.getWidth(), colour.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < colour.getWidth() * colour.getHeight(); i++) {
			final int x = i % colour.getWidth();
			final int y = i / colour.getWidth();
			grey.getRaster().setSample(x, y, 0, colour.getRGB(x, y) & 0xff);
		}
		return grey;
	}

	/** Labels in colours that people can tell apart. */
	private static void drawLabels(final Graphics2D graphics, final Path labels) throws IOException {
		final BufferedImage image = ImageIO.read(labels.toFile());
		for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
			final int label = image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
			graphics.setColor(label == 0 ? Color.BLACK : Color.getHSBColor(label * 0.19f, 0.7f, 0.95f));
			graphics.fillRect(i % image.getWidth(), i / image.getWidth(), 1, 1);
		}
	}

	private void row(final String name, final List<Panel> panels) throws IOException {
		int width = GAP;
		int height = 0;
		final List<BufferedImage> images = new ArrayList<>();
		for (final Panel panel : panels) {
			final BufferedImage image = ImageIO.read(panel.file().toFile());
			images.add(image);
			width += SCALE * image.getWidth() + GAP;
			height = Math.max(height, SCALE * image.getHeight());
		}
		final BufferedImage row = new BufferedImage(width, height + LINE + 2 * GAP, BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = row.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, row.getWidth(), row.getHeight());
		graphics.setColor(Color.BLACK);
		graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
		int x = GAP;
		for (int i = 0; i < images.size(); i++) {
			final BufferedImage image = images.get(i);
			graphics.drawString(panels.get(i).words(), x, LINE);
			graphics.drawImage(image, x, LINE + GAP, SCALE * image.getWidth(), SCALE * image.getHeight(), null);
			x += SCALE * image.getWidth() + GAP;
		}
		graphics.dispose();
		ImageIO.write(row, "png", folder.resolve("from-image-" + name + ".png").toFile());
		System.out.println(folder.resolve("from-image-" + name + ".png"));
	}
}
