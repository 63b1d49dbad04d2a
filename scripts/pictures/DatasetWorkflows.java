import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

/**
 * Makes the picture of the page about datasets: one scene in every workflow, below it with the outlines of its labels. The
 * pictures are those of the datasets' own reports.
 *
 * <pre>
 * scripts/pictures/dataset-workflows [FOLDER]
 * </pre>
 */
public final class DatasetWorkflows {

	private static final int SIDE = 128;
	private static final int GAP = 8;
	private static final int LINE = 16;
	private static final int ITEM = 1;

	private record Column(String dataset, List<String> words) {}

	private static final List<Column> COLUMNS = List.of(new Column("control", List.of("control", "")), new Column(
		"image-to-image-06", List.of("image-to-image", "strength 0.6")), new Column("inpaint-control", List.of("inpaint",
			"with a ControlNet")), new Column("real-edit", List.of("real-edit", "of a control image")), new Column("style-edit",
				List.of("style-edit", "")), new Column("style-edit-colours", List.of("style-edit", "as: colours")), new Column(
					"style-edit-picture", List.of("style-edit", "as: picture")));

	private DatasetWorkflows() {
		// only main()
	}

	/** @param arguments the folder of the datasets, and the picture to be made */
	public static void main(final String[] arguments) throws IOException {
		final BufferedImage sheet = new BufferedImage(GAP + COLUMNS.size() * (SIDE + GAP), 2 * LINE + 2 * (SIDE + GAP) + GAP,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = sheet.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
		graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
		for (int i = 0; i < COLUMNS.size(); i++)
			draw(graphics, COLUMNS.get(i), Path.of(arguments[0]), GAP + i * (SIDE + GAP));
		graphics.dispose();
		ImageIO.write(sheet, "png", Path.of(arguments[1]).toFile());
		System.out.println(arguments[1]);
	}

	/** A report's picture has the image and beside it the same with outlines. */
	private static void draw(final Graphics2D graphics, final Column column, final Path datasets, final int x)
		throws IOException
	{
		graphics.setColor(Color.BLACK);
		for (int line = 0; line < 2; line++)
			graphics.drawString(column.words().get(line), x, (line + 1) * LINE - 3);
		final BufferedImage both = ImageIO.read(datasets.resolve(column.dataset()).resolve(String.format("records/%s-%04d.png",
			column.dataset(), ITEM)).toFile());
		for (int part = 0; part < 2; part++)
			graphics.drawImage(both.getSubimage(part * SIDE, 0, SIDE, SIDE), x, 2 * LINE + GAP + part * (SIDE + GAP), null);
	}
}
