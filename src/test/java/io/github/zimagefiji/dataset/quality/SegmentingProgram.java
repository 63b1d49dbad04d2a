
package io.github.zimagefiji.dataset.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/**
 * A program outside this JVM; it knows nothing of this project or of ImageJ.
 */
public final class SegmentingProgram {

	private static final String SOURCE =
		"""
				import java.awt.image.BufferedImage;
				import java.nio.file.*;
				import java.util.*;
				import javax.imageio.ImageIO;

				public class Segment {

					public static void main(String[] args) throws Exception {
						if (!args[0].equals("child")) Files.writeString(Path.of(System.getProperty("java.class.path"), "used"),
							Path.of(args[1]).getParent().toString());
						switch (args[0]) {
							case "threshold": threshold(Path.of(args[1]), Path.of(args[2]), args[3]); break;
							case "copy": Files.copy(Path.of(args[3]), Path.of(args[2])); break;
							case "fail": System.err.println("first\\nthe model is missing"); System.exit(7); break;
							case "talk": for (int i = 0; i < 200000; i++) System.out.println("line " + i); System.exit(1); break;
							case "ask": System.exit(System.in.read() == -1 ? 5 : 6); break;
							case "wait": waitWithChild(System.getProperty("java.class.path"), args[3]); break;
							case "child": Thread.sleep(600000); break;
							default: break;
						}
					}

					/** Pieces of more than half of full brightness, with four neighbours; numbered with gaps. */
					static void threshold(Path image, Path labels, String format) throws Exception {
						BufferedImage in = ImageIO.read(image.toFile());
						int w = in.getWidth(), h = in.getHeight();
						boolean[] bright = new boolean[w * h];
						int[] pixel = new int[4];
						for (int i = 0; i < w * h; i++) {
							in.getRaster().getPixel(i % w, i / w, pixel);
							int most = 0;
							for (int b = 0; b < in.getRaster().getNumBands(); b++) most = Math.max(most, pixel[b]);
							bright[i] = most > 90;
						}
						BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_USHORT_GRAY);
						int count = 0;
						for (int i = 0; i < w * h; i++) {
							if (!bright[i]) continue;
							count++;
							Deque<Integer> todo = new ArrayDeque<>(List.of(i));
							bright[i] = false;
							while (!todo.isEmpty()) {
								int p = todo.remove();
								out.getRaster().setSample(p % w, p / w, 0, 10 * count);
								for (int q : new int[] { p % w > 0 ? p - 1 : p, p % w < w - 1 ? p + 1 : p, p - w, p + w }) {
									if (q < 0 || q >= w * h || !bright[q]) continue;
									bright[q] = false;
									todo.add(q);
								}
							}
						}
						ImageIO.write(out, format, labels.toFile());
					}

					static void waitWithChild(String folder, String pidFile) throws Exception {
						Process child = new ProcessBuilder(ProcessHandle.current().info().command().get(), "-cp", folder, "Segment", "child")
							.inheritIO().start();
						Files.writeString(Path.of(pidFile + ".new"), String.valueOf(child.pid()));
						Files.move(Path.of(pidFile + ".new"), Path.of(pidFile));
						Thread.sleep(600000);
					}
				}
				""";

	private SegmentingProgram() {
		// only static methods
	}

	/** Writes the program into a folder. */
	public static void in(final Path folder) throws IOException {
		final Path source = Files.writeString(folder.resolve("Segment.java"), SOURCE);
		if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
			folder.toString(), source.toString()) != 0) throw new IOException("the program has errors");
	}

	/**
	 * The command for something it can do.
	 *
	 * @param folder where it is
	 */
	public static List<String> command(final String folder, final String task, final String... more) {
		final List<String> command =
			new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", folder, "Segment", task, "{image}", "{labels}"));
		command.addAll(List.of(more));
		return command;
	}
}
