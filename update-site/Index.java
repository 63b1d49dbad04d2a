package updatesite;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The list of an update site's components, {@code db.xml.gz}, by the updater's key and in its order. */
final class Index {

	static final String NAME = "db.xml.gz";

	private Index() {
		// only read()
	}

	/** @return nothing for a site that does not exist yet */
	static Map<String, Entry> read(final Path site) throws IOException {
		final Map<String, Entry> entries = new TreeMap<>();
		final Path file = site.resolve(NAME);
		if (!Files.exists(file)) return entries;
		try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
			for (final Element plugin : children(parser().parse(in).getDocumentElement(), "plugin")) {
				final Entry entry = entry(plugin);
				entries.put(entry.key(), entry);
			}
		}
		catch (final SAXException | ParserConfigurationException | ZipException | EOFException | NumberFormatException exc) {
			throw new RefusedException(file + " cannot be read (" + exc.getMessage() +
				"). Get the site's folder again, or build into an empty one.");
		}
		return entries;
	}

	/** The updater writes a document type into each file, so it cannot be forbidden; nothing outside is read. */
	private static DocumentBuilder parser() throws ParserConfigurationException {
		final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
		return factory.newDocumentBuilder();
	}

	private static Entry entry(final Element plugin) {
		final String filename = plugin.getAttribute("filename");
		final Optional<Element> version = children(plugin, "version").stream().findFirst();
		final List<Entry.Previous> previous = children(plugin, "previous-version").stream().map(p -> new Entry.Previous(p
			.hasAttribute("filename") ? p.getAttribute("filename") : filename, p.getAttribute("checksum"), number(p,
				"timestamp"), number(p, "timestamp-obsolete"))).toList();
		return new Entry(filename, text(plugin, "platform"), version.map(v -> text(v, "description")).orElse(""), version.map(
			v -> new Entry.Version(v.getAttribute("checksum"), number(v, "timestamp"), number(v, "filesize"))), previous);
	}

	private static long number(final Element element, final String attribute) {
		final String value = element.getAttribute(attribute);
		return value.isEmpty() ? 0 : Long.parseLong(value);
	}

	private static String text(final Element parent, final String name) {
		return children(parent, name).stream().findFirst().map(Node::getTextContent).orElse("");
	}

	private static List<Element> children(final Element parent, final String name) {
		final List<Element> found = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && element.getTagName().equals(name)) found.add(element);
		}
		return found;
	}
}
