
package io.github.zimagefiji.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Wraps TorchScript text into the archive that libtorch loads: four stored zip entries, of which
 * only the code differs. The two pickled entries are constants written here, never read from
 * outside.
 */
final class ProgramArchive {

	private static final String FOLDER = "/io/github/zimagefiji/torchscript/";

	private ProgramArchive() {}

	/** The archive of the named programs' functions as methods of one module. */
	static byte[] of(final String... resources) {
		final StringBuilder code =
			new StringBuilder("class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
		for (final String resource : resources) {
			code.append(indent(read(resource))).append('\n');
		}
		return zip(code.toString());
	}

	private static String read(final String resource) {
		try (InputStream in = ProgramArchive.class.getResourceAsStream(FOLDER + resource + ".py")) {
			if (in == null) throw new IllegalArgumentException("no program " + resource);
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new IllegalStateException(
				"The program " + resource + " inside the plugin's jar cannot be read.", e);
		}
	}

	private static String indent(final String text) {
		return text.lines().map(line -> line.isEmpty() ? line : "  " + line)
			.collect(Collectors.joining("\n"));
	}

	private static byte[] zip(final String code) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.setMethod(ZipOutputStream.STORED);
			// The pickle of one object of class __torch__.Program with no attributes.
			store(zip, "a/data.pkl", "\u0080\u0002c__torch__\nProgram\n)\u0081}b.",
				StandardCharsets.ISO_8859_1);
			store(zip, "a/code/__torch__.py", code, StandardCharsets.UTF_8);
			store(zip, "a/constants.pkl", "\u0080\u0002).", StandardCharsets.ISO_8859_1);
			store(zip, "a/version", "10\n", StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		return bytes.toByteArray();
	}

	private static void store(final ZipOutputStream zip, final String name, final String text,
		final Charset charset) throws IOException
	{
		final byte[] content = text.getBytes(charset);
		final CRC32 crc = new CRC32();
		crc.update(content);
		final ZipEntry entry = new ZipEntry(name);
		entry.setSize(content.length);
		entry.setCompressedSize(content.length);
		entry.setCrc(crc.getValue());
		entry.setTime(0);
		zip.putNextEntry(entry);
		final OutputStream out = zip;
		out.write(content);
		zip.closeEntry();
	}
}
