package updatesite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes {@code db.xml.gz} in the form that imagej-updater reads and writes itself (its class {@code XMLFileWriter}). */
final class IndexWriter {

	private static final String DOCUMENT_TYPE = """
		<!DOCTYPE pluginRecords [
		<!ELEMENT pluginRecords (plugin*)>
		<!ELEMENT plugin (platform*, category*, version?, previous-version*)>
		<!ELEMENT version (description?, dependency*, link*, author*)>
		<!ELEMENT previous-version EMPTY>
		<!ELEMENT description (#PCDATA)>
		<!ELEMENT dependency EMPTY>
		<!ELEMENT link (#PCDATA)>
		<!ELEMENT author (#PCDATA)>
		<!ELEMENT platform (#PCDATA)>
		<!ELEMENT category (#PCDATA)>
		<!ATTLIST plugin filename CDATA #REQUIRED>
		<!ATTLIST dependency filename CDATA #REQUIRED>
		<!ATTLIST dependency timestamp CDATA #IMPLIED>
		<!ATTLIST version timestamp CDATA #REQUIRED>
		<!ATTLIST version checksum CDATA #REQUIRED>
		<!ATTLIST version filesize CDATA #REQUIRED>
		<!ATTLIST previous-version filename CDATA #IMPLIED>
		<!ATTLIST previous-version timestamp CDATA #REQUIRED>
		<!ATTLIST previous-version timestamp-obsolete CDATA #IMPLIED>
		<!ATTLIST previous-version checksum CDATA #REQUIRED>]>""";

	private final Collection<Entry> entries;
	private final XMLStreamWriter xml;
	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private IndexWriter(final Collection<Entry> entries) throws XMLStreamException {
		this.entries = entries;
		xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
	}

	/** @param entries in the order in which they are written; the same entries always give the same bytes */
	static byte[] write(final Collection<Entry> entries) throws IOException {
		try {
			final IndexWriter writer = new IndexWriter(entries);
			writer.document();
			// Java's gzip header holds no time.
			final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
				writer.bytes.writeTo(gzip);
			}
			return compressed.toByteArray();
		}
		catch (final XMLStreamException exc) {
			throw new IOException(exc);
		}
	}

	private void document() throws XMLStreamException {
		xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
		xml.writeCharacters("\n");
		xml.writeDTD(DOCUMENT_TYPE);
		xml.writeCharacters("\n");
		xml.writeStartElement("pluginRecords");
		for (final Entry entry : entries) {
			plugin(entry);
		}
		line(0);
		xml.writeEndElement();
		xml.writeCharacters("\n");
		xml.close();
	}

	private void plugin(final Entry entry) throws XMLStreamException {
		line(1);
		xml.writeStartElement("plugin");
		xml.writeAttribute("filename", entry.filename());
		if (!entry.platform().isEmpty()) text(2, "platform", entry.platform());
		if (entry.current().isPresent()) version(entry, entry.current().get());
		for (final Entry.Previous previous : entry.previous()) {
			line(2);
			xml.writeEmptyElement("previous-version");
			xml.writeAttribute("timestamp", Long.toString(previous.timestamp()));
			xml.writeAttribute("timestamp-obsolete", Long.toString(previous.obsolete()));
			xml.writeAttribute("checksum", previous.checksum());
			xml.writeAttribute("filename", previous.filename());
		}
		line(1);
		xml.writeEndElement();
	}

	private void version(final Entry entry, final Entry.Version version) throws XMLStreamException {
		line(2);
		xml.writeStartElement("version");
		xml.writeAttribute("checksum", version.checksum());
		xml.writeAttribute("timestamp", Long.toString(version.timestamp()));
		xml.writeAttribute("filesize", Long.toString(version.size()));
		if (!entry.description().isEmpty()) text(3, "description", entry.description());
		for (final Entry other : dependencies(entry)) {
			line(3);
			xml.writeEmptyElement("dependency");
			xml.writeAttribute("filename", other.key());
			xml.writeAttribute("timestamp", Long.toString(other.current().orElseThrow().timestamp()));
		}
		line(2);
		xml.writeEndElement();
	}

	/** The plugin needs every jar of the site that all platforms get; those of single platforms come along by themselves. */
	private List<Entry> dependencies(final Entry entry) {
		if (!entry.filename().startsWith("plugins/")) return List.of();
		return entries.stream().filter(other -> other.filename().startsWith("jars/") && other.platform().isEmpty() && other
			.current().isPresent()).toList();
	}

	private void text(final int depth, final String name, final String text) throws XMLStreamException {
		line(depth);
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

	private void line(final int depth) throws XMLStreamException {
		xml.writeCharacters("\n" + "\t".repeat(depth));
	}
}
