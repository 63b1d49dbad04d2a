
package io.github.zimagefiji.updatesite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A plugin of a few bytes with libraries in a Maven repository, a whitelist and a list of Fiji's
 * own jars.
 */
final class SmallSite {

	private final SiteBuilder builder;
	private final Path folder;
	private final List<String> classPath = new ArrayList<>();
	private Path plugin;

	SmallSite(final SiteBuilder builder, final Path folder) throws IOException {
		this.builder = builder;
		this.folder = folder;
		plugin("0.1.0", "first");
		library("org.example", "helper", "1.0", "");
		library("org.fiji", "core-one", "2.0", "");
		whitelist("io.github.zimagefiji:zimage-fiji plugins/ - The plugin",
			"org.example:helper jars/ - Helps", "README.md licenses/small/ -");
		Files.writeString(folder.resolve("core.txt"), "core-one # and a remark\ncore-two-1.3.jar\n");
		Files.writeString(folder.resolve("README.md"), "hello");
	}

	/** The plugin's next build. */
	void plugin(final String version, final String content) throws IOException {
		plugin =
			jar(folder.resolve("target/zimage-fiji-" + version + ".jar"), Map.of("A.class", content));
	}

	void pluginWith(final Map<String, String> entries) throws IOException {
		plugin = jar(plugin, entries);
	}

	/** Puts a jar into the repository and on the class path. */
	void library(final String group, final String artifact, final String version,
		final String classifier) throws IOException
	{
		final String name =
			artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
		classPath.add(jar(
			folder.resolve(
				"repository/" + group.replace('.', '/') + "/" + artifact + "/" + version + "/" + name),
			Map.of("B.class", name)).toString());
	}

	void whitelist(final String... lines) throws IOException {
		Files.write(folder.resolve("whitelist.txt"), List.of(lines));
	}

	/** The published folder. */
	Path site() {
		return folder.resolve("site");
	}

	SiteBuilder.Ended build(final String timestamp) throws IOException, InterruptedException {
		return build(timestamp, site());
	}

	SiteBuilder.Ended build(final String timestamp, final Path output)
		throws IOException, InterruptedException
	{
		final Path libraries = Files.writeString(folder.resolve("class-path.txt"),
			String.join(File.pathSeparator, classPath));
		return builder.run(List.of("--plugin", plugin.toString(), "--libraries", libraries.toString(),
			"--whitelist", folder.resolve("whitelist.txt").toString(), "--core-jars",
			folder.resolve("core.txt").toString(), "--checkout", folder.toString(), "--timestamp",
			timestamp, "--output", output.toString()));
	}

	private static Path jar(final Path file, final Map<String, String> entries) throws IOException {
		Files.createDirectories(file.getParent());
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
			for (final Map.Entry<String, String> entry : entries.entrySet()) {
				out.putNextEntry(new JarEntry(entry.getKey()));
				out.write(entry.getValue().getBytes());
			}
		}
		return file;
	}
}
