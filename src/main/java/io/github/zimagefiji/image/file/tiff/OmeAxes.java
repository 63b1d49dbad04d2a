
package io.github.zimagefiji.image.file.tiff;

import java.io.StringReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;

/**
 * What OME-XML in a TIFF file's description says of its planes (OME model 2016-06): sizes, their
 * order, and which page holds which plane.
 */
final class OmeAxes {

	private static final int MOST = 1 << 18;

	private final FileBytes file;
	private final int count;
	private final int samples;
	private final Set<String> files = new HashSet<>();
	private int images;
	private int[] sizes;
	private String order;
	private int[] pages;

	/**
	 * @param count pages that there are
	 * @param samples channels within each
	 */
	OmeAxes(final FileBytes file, final int count, final int samples) {
		this.file = file;
		this.count = count;
		this.samples = samples;
	}

	static boolean isOme(final String description) {
		return description.contains("<OME") || description.contains("<ome:OME");
	}

	/**
	 * Reads a description; what is no proper XML says nothing.
	 *
	 * @throws InvalidInputException if planes are in other files, if there are several images, or if
	 *           there are fewer pages than it states
	 */
	TiffAxes read(final String description) {
		final XMLInputFactory factory = XMLInputFactory.newInstance();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try {
			final XMLStreamReader in = factory
				.createXMLStreamReader(new StringReader(description.substring(description.indexOf('<'))));
			while (in.hasNext())
				if (in.next() == XMLStreamReader.START_ELEMENT) element(in);
			in.close();
		}
		catch (final XMLStreamException e) {
			return TiffAxes.slices(count);
		}
		return made();
	}

	private void element(final XMLStreamReader in) {
		switch (in.getLocalName()) {
			case "BinaryOnly" -> throw file
				.problem("says that another file describes its planes, which is not read");
			case "Image" -> images++;
			case "Pixels" -> pixels(in);
			case "UUID" -> {
				if (in.getAttributeValue(null, "FileName") != null)
					files.add(in.getAttributeValue(null, "FileName"));
			}
			case "TiffData" -> data(in);
			default -> {
				// nothing about planes
			}
		}
	}

	private void pixels(final XMLStreamReader in) {
		if (images > 1) return;
		final int channels = number(in, "SizeC", 1);
		// channels within a page are read with it
		sizes = new int[] { samples > 1 && channels % samples == 0 ? channels / samples : channels,
			number(in, "SizeZ", 1), number(in, "SizeT", 1) };
		final String stated = in.getAttributeValue(null, "DimensionOrder");
		order = stated == null || !stated.matches("XY[CZT]{3}") || stated.chars().distinct().count() < 5
			? "CZT" : stated.substring(2);
	}

	private void data(final XMLStreamReader in) {
		if (images > 1 || sizes == null || planes() > MOST) return;
		final String page = in.getAttributeValue(null, "IFD");
		final int from = number(in, "IFD", 0);
		final int many = number(in, "PlaneCount", page == null ? (int) planes() : 1);
		final int start =
			TiffAxes.place(order, new int[] { number(in, "FirstC", 0) / Math.max(1, samples),
				number(in, "FirstZ", 0), number(in, "FirstT", 0) }, sizes);
		if (start < 0) throw file.damaged();
		if (pages == null) {
			pages = new int[(int) planes()];
			Arrays.fill(pages, -1);
		}
		for (int i = 0; i < many && start + i < pages.length; i++)
			pages[start + i] = from + i;
	}

	private int number(final XMLStreamReader in, final String name, final int otherwise) {
		final String text = in.getAttributeValue(null, name);
		if (text == null) return otherwise;
		if (!text.matches("\\d{1,9}")) throw file.damaged();
		return Integer.parseInt(text);
	}

	private double planes() {
		return (double) sizes[0] * sizes[1] * sizes[2];
	}

	private TiffAxes made() {
		if (sizes == null) return TiffAxes.slices(count);
		if (images > 1) throw file.problem("holds " + images + " images, of which one is needed");
		if (files.size() > 1) throw file.problem(
			"is one of " + files.size() + " files that together hold an image, which are not read");
		if (planes() < 1 || planes() > count) throw file.problem("states " + sizes[0] + " × " +
			sizes[1] + " × " + sizes[2] + " channels, slices and frames, but holds " + count + " pages");
		final TiffAxes plain = TiffAxes.ordered(sizes[0], sizes[1], sizes[2], order);
		if (pages == null) return plain;
		final int[] mapped = new int[pages.length];
		for (int i = 0; i < mapped.length; i++)
			mapped[i] = pages[plain.pages()[i]];
		return new TiffAxes(sizes[0], sizes[1], sizes[2], mapped);
	}
}
