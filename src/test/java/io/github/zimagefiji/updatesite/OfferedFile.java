
package io.github.zimagefiji.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A file that an update site offers, as the updater sees it: by the site's address alone.
 *
 * @param filename in Fiji's folder
 * @param platform the only one that gets it, or empty
 */
record OfferedFile(String filename, String platform, String checksum, String timestamp, long size) {

	/**
	 * Reads a site's {@code db.xml.gz}, which must be valid by its own document type.
	 *
	 * @param site address with a slash at its end
	 */
	static List<OfferedFile> of(final URI site) throws IOException {
		final List<OfferedFile> files = new ArrayList<>();
		final NodeList versions = index(site).getElementsByTagName("version");
		for (int i = 0; i < versions.getLength(); i++) {
			final Element version = (Element) versions.item(i);
			final Element plugin = (Element) version.getParentNode();
			final NodeList platforms = plugin.getElementsByTagName("platform");
			files.add(new OfferedFile(plugin.getAttribute("filename"),
				platforms.getLength() == 0 ? "" : platforms.item(0).getTextContent(),
				version.getAttribute("checksum"), version.getAttribute("timestamp"),
				Long.parseLong(version.getAttribute("filesize"))));
		}
		return files;
	}

	/** The root of {@code db.xml.gz}. */
	static Element index(final URI site) throws IOException {
		final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setValidating(true);
		try (InputStream in = new GZIPInputStream(site.resolve("db.xml.gz").toURL().openStream())) {
			final DocumentBuilder parser = factory.newDocumentBuilder();
			parser.setErrorHandler(new Strict());
			return parser.parse(in).getDocumentElement();
		}
		catch (final SAXException | ParserConfigurationException e) {
			throw new AssertionError("db.xml.gz", e);
		}
	}

	/**
	 * Downloads all that this machine gets, and verifies size and checksum of each.
	 */
	static void install(final URI site, final Path folder) throws IOException {
		for (final OfferedFile file : of(site)) {
			if (!file.platform.isEmpty() && !file.platform.equals(thisPlatform())) continue;
			final Path target = folder.resolve(file.filename);
			Files.createDirectories(target.getParent());
			try (
					InputStream in = site.resolve(file.filename + "-" + file.timestamp).toURL().openStream())
			{
				Files.copy(in, target);
			}
			assertEquals(file.size, Files.size(target), file.filename);
			assertEquals(file.checksum, UpdaterDigest.of(file.filename, target), file.filename);
		}
	}

	/** This machine in the updater's words. */
	static String thisPlatform() {
		final String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		final boolean arm = System.getProperty("os.arch").equals("aarch64");
		return (system.startsWith("win") ? "win" : system.startsWith("mac") ? "macos" : "linux") +
			(arm ? "-arm64" : "64");
	}

	/** Makes every deviation from the document type a failure. */
	private static final class Strict implements ErrorHandler {

		@Override
		public void warning(final SAXParseException e) throws SAXException {
			throw e;
		}

		@Override
		public void error(final SAXParseException e) throws SAXException {
			throw e;
		}

		@Override
		public void fatalError(final SAXParseException e) throws SAXException {
			throw e;
		}
	}
}
