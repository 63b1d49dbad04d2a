
package io.github.zimagefiji;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this program, written into the jar by the build. */
public final class PluginVersion {

	private PluginVersion() {}

	/** Such as {@code 0.1.0}. */
	public static String get() {
		try (InputStream in = PluginVersion.class.getResourceAsStream("version.properties")) {
			final Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("version");
		}
		catch (final IOException e) {
			throw new IllegalStateException("The plugin's jar is damaged; install it again.", e);
		}
	}
}
