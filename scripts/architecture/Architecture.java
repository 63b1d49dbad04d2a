import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * Draws the packages of the compiled classes and which use which, as docs/architecture.md shows them.
 *
 * <pre>
 * java scripts/architecture/Architecture.java [CLASSES [PICTURE]]
 * </pre>
 *
 * The arrows are what jdeps finds in the classes. Of the arrows between frames, and of those inside a frame, only those are
 * drawn that do not follow from others. Where a frame is on the page is said here; what is in it comes from the classes.
 */
public final class Architecture {

	private static final String ROOT = "io.github.zimagefiji";
	private static final int WIDTH = 980;
	private static final int MARGIN = 16;
	private static final int SPACE = 30;
	private static final int TITLE = 30;
	private static final int BOX = 26;
	private static final double LETTER = 7.3;

	/** A group of packages: a top-level package with those below it, or several of them. */
	private static final class Frame {
		final String name;
		final List<String> caption;
		final String colour;
		final boolean downwards;
		final Set<String> packages = new TreeSet<>();
		double x, y, width, height;

		Frame(final String name, final String colour, final boolean downwards, final String... caption) {
			this.name = name;
			this.colour = colour;
			this.downwards = downwards;
			this.caption = List.of(caption);
		}

		boolean alone() {
			return packages.size() == 1;
		}

		double titleHeight() {
			return downwards ? TITLE + 15 * caption.size() : TITLE;
		}
	}

	private static final String DOORS = "#2f6fb3", SERVICES = "#1f8a86", RUNS = "#7a52a8", IMAGES = "#b86a14",
		GROUND = "#66707c";

	private final List<List<Frame>> top = List.of(
		List.of(new Frame("cli", DOORS, false, "subcommands (picocli)"),
			new Frame("command", DOORS, false, "menu entries (SciJava)")),
		List.of(new Frame("service", SERVICES, false, "wires everything for Fiji (SciJava): host, queue, scripts")),
		List.of(new Frame("dataset", SERVICES, false, "datasets: recipe, plan, run, quality")));
	private final List<Frame> left = List.of(
		new Frame("hub", RUNS, false, "where models come from: hosts, downloads, models on this disk"),
		new Frame("pipeline", RUNS, false, "a run: from a request to samples"),
		new Frame("model", RUNS, false, "one class for each network, with its program"),
		new Frame("weights", RUNS, false, "safetensors files, LoRA"),
		new Frame("engine", RUNS, false, "tensors and programs; the only place that knows DJL"));
	private final List<Frame> right = List.of(new Frame("image", IMAGES, true, "images in and out (ImgLib2, ij)"),
		new Frame("provenance", IMAGES, true, "what an image was made of"));
	private final Frame ground = new Frame("contracts and ground", GROUND, false,
		"what all others use: Host, requests, results; files, JSON, exceptions");
	private final List<String> groundPackages = List.of("root", "request", "fields", "io", "error");

	private final List<Frame> frames = new ArrayList<>();
	private final Map<String, Set<String>> uses;
	private final StringBuilder svg = new StringBuilder();

	private Architecture(final Path classes) {
		uses = uses(classes);
		top.forEach(frames::addAll);
		frames.addAll(left);
		frames.addAll(right);
		frames.add(ground);
		for (final String each : uses.keySet()) {
			frameOf(each).packages.add(each);
		}
	}

	public static void main(final String... arguments) throws IOException {
		final Path classes = Path.of(arguments.length > 0 ? arguments[0] : "target/classes");
		final Path picture = Path.of(arguments.length > 1 ? arguments[1] : "docs/images/architecture.svg");
		Files.writeString(picture, draw(classes));
		System.out.println("Wrote " + picture);
	}

	/** The picture of compiled classes, as SVG. */
	public static String draw(final Path classes) {
		return new Architecture(classes).picture();
	}

	/** Each package by its name below ROOT, which is "root" itself, with those it uses. */
	private static Map<String, Set<String>> uses(final Path classes) {
		final StringWriter out = new StringWriter();
		final int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(out),
			"-verbose:package", "-filter:none", classes.toString());
		final Map<String, Set<String>> uses = new TreeMap<>();
		final String name = "(" + Pattern.quote(ROOT) + "[\\w.]*)";
		final Matcher line = Pattern.compile("(?m)^ +" + name + " +-> " + name + " ").matcher(out.toString());
		while (line.find()) {
			final Set<String> used = uses.computeIfAbsent(shortName(line.group(1)), key -> new TreeSet<>());
			if (!line.group(1).equals(line.group(2))) used.add(shortName(line.group(2)));
		}
		if (status != 0 || uses.isEmpty()) throw new IllegalStateException("jdeps found no packages in " + classes);
		uses.values().stream().flatMap(Set::stream).toList().forEach(used -> uses.putIfAbsent(used, new TreeSet<>()));
		return uses;
	}

	private static String shortName(final String packageName) {
		return packageName.equals(ROOT) ? "root" : packageName.substring(ROOT.length() + 1);
	}

	private Frame frameOf(final String packageName) {
		final String head = packageName.split("\\.")[0];
		if (groundPackages.contains(head)) return ground;
		return frames.stream().filter(frame -> frame.name.equals(head)).findFirst().orElseThrow(
			() -> new IllegalStateException("Give package " + packageName + " a frame in scripts/architecture/Architecture.java"));
	}

	// What is drawn of the arrows

	/** Of arrows without a circle, those that do not follow from others. */
	private static Map<String, Set<String>> reduced(final Map<String, Set<String>> all) {
		final Map<String, Set<String>> reduced = new TreeMap<>();
		all.forEach((from, to) -> reduced.put(from, to.stream()
			.filter(end -> to.stream().noneMatch(other -> !other.equals(end) && reachable(all, other).contains(end)))
			.collect(Collectors.toCollection(TreeSet::new))));
		return reduced;
	}

	private static Set<String> reachable(final Map<String, Set<String>> all, final String from) {
		final Set<String> reached = new TreeSet<>();
		for (final String next : all.get(from)) {
			if (reached.add(next)) reached.addAll(reachable(all, next));
		}
		return reached;
	}

	private Map<String, Set<String>> betweenFrames() {
		final Map<String, Set<String>> between = new TreeMap<>();
		frames.forEach(frame -> between.put(frame.name, new TreeSet<>()));
		uses.forEach((from, to) -> to.forEach(end -> between.get(frameOf(from).name).add(frameOf(end).name)));
		between.forEach((from, to) -> to.remove(from));
		return reduced(between);
	}

	private Map<String, Set<String>> inside(final Frame frame) {
		final Map<String, Set<String>> inside = new TreeMap<>();
		for (final String each : frame.packages) {
			final Set<String> used = new TreeSet<>(uses.get(each));
			used.retainAll(frame.packages);
			inside.put(each, used);
		}
		return reduced(inside);
	}

	// Inside a frame: columns from users to used, or rows where the frame goes downwards

	/** Boxes of a frame, in columns; an arrow that passes a column has a place without a box in it. */
	private final class Inside {
		final Frame frame;
		final List<List<String>> columns = new ArrayList<>();
		final Map<String, Set<String>> arrows;
		/** Each arrow from one column to the next; names with ">" are places that an arrow passes. */
		final List<String[]> steps = new ArrayList<>();
		final Map<String, double[]> places = new LinkedHashMap<>();

		Inside(final Frame frame) {
			this.frame = frame;
			arrows = inside(frame);
			for (final String each : frame.packages) {
				column(depth(each)).add(each);
			}
			arrows.forEach((from, to) -> to.forEach(end -> {
				String last = from;
				for (int depth = depth(from) - 1; depth > depth(end); depth--) {
					final String place = from + ">" + end + ">" + depth;
					column(depth).add(place);
					steps.add(new String[] { last, place });
					last = place;
				}
				steps.add(new String[] { last, end });
			}));
			for (int round = 0; round < 6; round++) {
				for (int i = 0; i < columns.size(); i++) {
					untangle(round % 2 == 0 ? i : columns.size() - 1 - i);
				}
			}
		}

		private List<String> column(final int depth) {
			while (columns.size() <= depth) {
				columns.add(new ArrayList<>());
			}
			return columns.get(depth);
		}

		private int depth(final String each) {
			return arrows.get(each).stream().mapToInt(used -> depth(used) + 1).max().orElse(0);
		}

		/** Puts a column in the order with the fewest crossings and the shortest arrows. */
		private void untangle(final int index) {
			List<String> best = null;
			double least = Double.MAX_VALUE;
			for (final List<String> order : orders(columns.get(index))) {
				columns.set(index, order);
				final double cost = tangle();
				if (cost < least - 1e-9) {
					least = cost;
					best = order;
				}
			}
			columns.set(index, best);
		}

		private List<List<String>> orders(final Collection<String> names) {
			if (names.isEmpty()) return List.of(List.of());
			final List<List<String>> orders = new ArrayList<>();
			for (final String first : names) {
				final List<String> others = new ArrayList<>(names);
				others.remove(first);
				for (final List<String> rest : orders(others)) {
					final List<String> order = new ArrayList<>(List.of(first));
					order.addAll(rest);
					orders.add(order);
				}
			}
			return orders;
		}

		private double tangle() {
			final Map<String, Double> rows = new TreeMap<>();
			columns.forEach(column -> column.forEach(each -> rows.put(each, row(column, each))));
			double cost = 0;
			for (final String[] a : steps) {
				cost += Math.abs(rows.get(a[0]) - rows.get(a[1]));
				for (final String[] b : steps) {
					if (depthOf(a[0]) == depthOf(b[0]) &&
						(rows.get(a[0]) - rows.get(b[0])) * (rows.get(a[1]) - rows.get(b[1])) < 0)
						cost += 5;
				}
			}
			return cost;
		}

		private int depthOf(final String place) {
			for (int i = 0; i < columns.size(); i++) {
				if (columns.get(i).contains(place)) return i;
			}
			throw new IllegalArgumentException(place);
		}

		private double row(final List<String> column, final String each) {
			return column.indexOf(each) - (column.size() - 1) / 2.0;
		}

		private double boxWidth(final List<String> column) {
			return column.stream().filter(each -> !each.contains(">"))
				.mapToDouble(each -> label(frame, each).length() * LETTER + 20).max().orElse(20);
		}

		double height() {
			if (frame.alone()) return frame.titleHeight() + 2;
			final int rows = columns.stream().mapToInt(List::size).max().orElse(1);
			return frame.titleHeight() +
				(frame.downwards ? columns.size() * (BOX + 22) - 22 + 12 : rows * (BOX + 8) - 8 + 14);
		}

		void place() {
			final double middle = frame.y + (frame.titleHeight() + frame.height) / 2 - 4;
			if (frame.downwards) {
				final double pitch = Math.min(84,
					(frame.height - frame.titleHeight() - 14 - BOX) / Math.max(1, columns.size() - 1));
				for (int i = 0; i < columns.size(); i++) {
					final List<String> column = columns.get(i);
					for (final String each : column) {
						places.put(each, new double[] { frame.x + frame.width / 2 + row(column, each) * 120,
							middle + 6 + ((columns.size() - 1) / 2.0 - i) * pitch, boxWidth(List.of(each)) });
					}
				}
				return;
			}
			final double boxes = columns.stream().mapToDouble(this::boxWidth).sum();
			final double gap = columns.size() < 2 ? 0
				: Math.min(104, (frame.width - 28 - boxes) / (columns.size() - 1));
			double x = frame.x + 14;
			for (int i = columns.size() - 1; i >= 0; i--) {
				final double width = boxWidth(columns.get(i));
				for (final String each : columns.get(i)) {
					places.put(each, new double[] { x + width / 2, middle + row(columns.get(i), each) * (BOX + 8), width });
				}
				x += width + gap;
			}
		}

		void draw() {
			if (frame.alone()) return;
			place();
			arrows.forEach((from, to) -> to.forEach(end -> arrow(from, end)));
			for (final String each : frame.packages) {
				final double[] at = places.get(each);
				line("<rect class='box' data-package='%s' x='%.1f' y='%.1f' width='%.1f' height='%d' rx='5' stroke='%s'/>", each,
					at[0] - at[2] / 2, at[1] - BOX / 2.0, at[2], BOX, frame.colour);
				line("<text class='name' x='%.1f' y='%.1f'>%s</text>", at[0], at[1] + 4.5, label(frame, each));
			}
		}

		private void arrow(final String from, final String end) {
			final double[] start = places.get(from);
			final StringBuilder path = new StringBuilder();
			double x = start[0] + (frame.downwards ? 0 : start[2] / 2), y = start[1] + (frame.downwards ? BOX / 2.0 : 0);
			path.append(format("M%.1f,%.1f", x, y));
			for (int depth = depthOf(from) - 1; depth >= depthOf(end); depth--) {
				final boolean last = depth == depthOf(end);
				final double[] next = places.get(last ? end : from + ">" + end + ">" + depth);
				final double half = last ? (frame.downwards ? BOX / 2.0 : next[2] / 2) + 2 : 0;
				final double toX = next[0] - (frame.downwards ? 0 : half), toY = next[1] - (frame.downwards ? half : 0);
				if (frame.downwards) path.append(format(" C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x, (y + toY) / 2, toX,
					(y + toY) / 2, toX, toY));
				else path.append(format(" C%.1f,%.1f %.1f,%.1f %.1f,%.1f", (x + toX) / 2, y, (x + toX) / 2, toY, toX, toY));
				x = toX;
				y = toY;
			}
			line("<path class='arrow' data-from='%s' data-to='%s' d='%s' stroke='%s' marker-end='url(#head%s)'/>", from, end,
				path, frame.colour, frame.colour.substring(1));
		}
	}

	private static String label(final Frame frame, final String packageName) {
		return packageName.startsWith(frame.name + ".") ? packageName.substring(frame.name.length()) : packageName;
	}

	// The page

	private String picture() {
		final Map<Frame, Inside> insides = new LinkedHashMap<>();
		frames.forEach(frame -> insides.put(frame, new Inside(frame)));
		frames.forEach(frame -> frame.height = insides.get(frame).height());
		double y = MARGIN;
		for (final List<Frame> row : top) {
			final double width = (WIDTH - 2 * MARGIN - 20.0 * (row.size() - 1)) / row.size();
			final double height = row.stream().mapToDouble(frame -> frame.height).max().orElseThrow();
			for (int i = 0; i < row.size(); i++) {
				set(row.get(i), MARGIN + i * (width + 20), y, width, height);
			}
			y += height + SPACE;
		}
		final double leftWidth = 690, rightX = MARGIN + leftWidth + 20;
		final double start = y;
		for (final Frame frame : left) {
			set(frame, MARGIN, y, leftWidth, frame.height);
			y += frame.height + SPACE;
		}
		final double rest = right.stream().skip(1).mapToDouble(frame -> frame.height + SPACE).sum();
		double rightY = start;
		for (final Frame frame : right) {
			set(frame, rightX, rightY, WIDTH - MARGIN - rightX,
				frame == right.get(0) ? y - SPACE - start - rest : frame.height);
			rightY += frame.height + SPACE;
		}
		set(ground, MARGIN, y, WIDTH - 2.0 * MARGIN, ground.height);
		final double height = y + ground.height + MARGIN;
		line("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %.0f' width='%d' height='%.0f' role='img'>", WIDTH, height,
			WIDTH, height);
		line("<title>The packages of %s; an arrow points to what is used</title>", ROOT);
		line("<!-- made by scripts/architecture/Architecture.java -->");
		line("<style>text{font-family:-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1f2328}" +
			".title{font-size:15px;font-weight:600}.caption{font-size:12.5px;fill:#57606a}" +
			".name{font-size:13px;text-anchor:middle}.box{fill:#ffffff;stroke-width:1.2}" +
			".frame{stroke-width:1.4}.arrow{fill:none;stroke-width:1.3}</style>");
		line("<defs>");
		frames.stream().map(frame -> frame.colour).distinct().forEach(colour -> line(
			"<marker id='head%s' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7' orient='auto'>" +
				"<path d='M0,0.5 L8,4 L0,7.5 z' fill='%s'/></marker>",
			colour.substring(1), colour));
		line("</defs>");
		line("<rect width='%d' height='%.0f' rx='10' fill='#fbfcfd'/>", WIDTH, height);
		betweenFrames().forEach((from, to) -> to.forEach(end -> arrow(named(from), named(end))));
		for (final Frame frame : frames) {
			draw(frame);
			insides.get(frame).draw();
		}
		line("</svg>");
		return svg.toString();
	}

	private Frame named(final String name) {
		return frames.stream().filter(frame -> frame.name.equals(name)).findFirst().orElseThrow();
	}

	private static void set(final Frame frame, final double x, final double y, final double width, final double height) {
		frame.x = x;
		frame.y = y;
		frame.width = width;
		frame.height = height;
	}

	private void draw(final Frame frame) {
		line("<rect class='frame'%s x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='8' fill='%s' fill-opacity='0.09' stroke='%s'/>",
			frame.alone() ? " data-package='" + frame.packages.iterator().next() + "'" : "", frame.x, frame.y, frame.width,
			frame.height, frame.colour, frame.colour);
		if (frame.downwards) {
			line("<text class='title' x='%.1f' y='%.1f' style='fill:%s'>%s</text>", frame.x + 14, frame.y + 21, frame.colour,
				frame.name);
			for (int i = 0; i < frame.caption.size(); i++) {
				line("<text class='caption' x='%.1f' y='%.1f'>%s</text>", frame.x + 14, frame.y + 38 + 15 * i,
					frame.caption.get(i));
			}
			return;
		}
		line("<text x='%.1f' y='%.1f'><tspan class='title' style='fill:%s'>%s</tspan>" +
			"<tspan class='caption' dx='10'>%s</tspan></text>", frame.x + 14, frame.y + 21, frame.colour, frame.name,
			frame.caption.get(0));
	}

	private void arrow(final Frame from, final Frame to) {
		final double start = Math.max(from.x, to.x), end = Math.min(from.x + from.width, to.x + to.width);
		final double fromX = start < end ? (start + end) / 2 : from.x + from.width / 2;
		final double toX = start < end ? fromX : to.x + to.width / 2;
		line("<path class='arrow' data-from='%s' data-to='%s' d='M%.1f,%.1f L%.1f,%.1f' stroke='%s' marker-end='url(#head%s)'/>",
			from.name, to.name, fromX, from.y + from.height + 1, toX, to.y - 2, from.colour, from.colour.substring(1));
	}

	private void line(final String line, final Object... values) {
		svg.append(format(line, values)).append('\n');
	}

	private static String format(final String form, final Object... values) {
		return String.format(Locale.ROOT, form, values);
	}
}
