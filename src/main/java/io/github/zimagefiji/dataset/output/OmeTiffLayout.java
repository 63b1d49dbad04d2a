
package io.github.zimagefiji.dataset.output;

import java.io.StringWriter;
import java.nio.file.Path;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import ij.process.ImageProcessor;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.io.Folders;

/**
 * OME-TIFF: a TIFF file whose ImageDescription is OME-XML (schema 2016-06). Image and labels are
 * two files of one plane each; colour is one channel of three samples.
 *
 * @see <a href= "https://ome-model.readthedocs.io/en/stable/ome-tiff/specification.html">the
 *      specification</a>
 */
final class OmeTiffLayout implements Layout {

	private static final String NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06";
	private static final String SCHEMA_PLACE = NAMESPACE + " " + NAMESPACE + "/ome.xsd";

	@Override
	public void write(final MadeItem item, final Path root) {
		final String base = "ome-tiff/" + item.split().label() + "/" + item.name();
		final DatasetImage image = item.image();
		write(Folders.fileIn(root, base + ".ome.tif"), image.processor(), item.name(),
			image.kind() == PixelKind.GREY16 ? "uint16" : "uint8", image.channels());
		if (item.scene() != null) write(Folders.fileIn(root, base + "_labels.ome.tif"),
			ItemTiff.labels(item), item.name() + " labels", "uint16", 1);
	}

	private static void write(final Path file, final ImageProcessor pixels, final String name,
		final String type, final int samples)
	{
		ItemTiff.write(file, pixels, xml(pixels.getWidth(), pixels.getHeight(), name, type, samples),
			null);
	}

	private static String xml(final int width, final int height, final String name, final String type,
		final int samples)
	{
		final StringWriter text = new StringWriter();
		try {
			final XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
			xml.writeStartDocument("UTF-8", "1.0");
			start(xml, "OME", "xmlns", NAMESPACE, "xmlns:xsi",
				"http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation", SCHEMA_PLACE, "Creator",
				"Z-Image for Fiji");
			start(xml, "Image", "ID", "Image:0", "Name", name);
			start(xml, "Description");
			xml.writeCharacters("Synthetic; no microscope took it.");
			xml.writeEndElement();
			start(xml, "Pixels", "ID", "Pixels:0", "DimensionOrder", "XYCZT", "Type", type, "SizeX",
				String.valueOf(width), "SizeY", String.valueOf(height), "SizeC", String.valueOf(samples),
				"SizeZ", "1", "SizeT", "1", "BigEndian", "true", "Interleaved",
				String.valueOf(samples > 1));
			start(xml, "Channel", "ID", "Channel:0:0", "SamplesPerPixel", String.valueOf(samples));
			xml.writeEndElement();
			start(xml, "TiffData", "IFD", "0", "PlaneCount", "1");
			xml.writeEndDocument();
			xml.close();
		}
		catch (final XMLStreamException e) {
			// a StringWriter has no reason to fail
			throw new IllegalStateException(e);
		}
		return text.toString();
	}

	private static void start(final XMLStreamWriter xml, final String element,
		final String... attributes) throws XMLStreamException
	{
		xml.writeStartElement(element);
		for (int i = 0; i < attributes.length; i += 2)
			xml.writeAttribute(attributes[i], attributes[i + 1]);
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		final long pixels = (long) recipe.sampling().width() * recipe.sampling().height();
		return pixels * (recipe.pixels().bytes() + (recipe.workflow().hasLabels() ? 2 : 0)) +
			ItemTiff.MORE_BYTES;
	}
}
