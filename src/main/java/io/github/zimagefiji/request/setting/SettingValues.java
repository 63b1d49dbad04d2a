
package io.github.zimagefiji.request.setting;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Values of {@link Setting}s, as scripts, the command line or a dialog give them. {@code null}
 * stands for a value that is not given.
 */
public final class SettingValues {

	private final Map<String, Object> given = new LinkedHashMap<>();

	/**
	 * Takes the values.
	 *
	 * @param values by name; a name may be any that a setting has
	 * @param allowed what can be given
	 * @throws InvalidInputException if a name is not known, or one value is given by two names
	 */
	public SettingValues(final Map<?, ?> values, final Collection<? extends Setting<?>> allowed) {
		final Map<String, String> names = new LinkedHashMap<>();
		for (final Setting<?> setting : allowed)
			setting.names().forEach(name -> names.put(name, setting.name()));
		values.forEach((key, value) -> {
			final String name = names.get(String.valueOf(key));
			if (name == null) throw new InvalidInputException(
				"There is no value \"" + Excerpt.of(key) + "\". The values are: " +
					String.join(", ", allowed.stream().map(Setting::name).toList()) + ".");
			if (value != null && given.put(name, value) != null) throw new InvalidInputException(
				"The value of " + name + " is given twice, also by another of its names. Give it once.");
		});
	}

	/** Whether a value is given. */
	public boolean has(final Setting<?> setting) {
		return given.containsKey(setting.name());
	}

	/**
	 * A value, if it is given.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	public <T> Optional<T> find(final Setting<T> setting) {
		return Optional.ofNullable(given.get(setting.name()))
			.map(value -> setting.type().read(setting.name(), value));
	}

	/**
	 * A value, or the setting's default; null if there is none.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	public <T> T get(final Setting<T> setting) {
		return find(setting).orElse(setting.initial());
	}

	/**
	 * Prompt and sampling.
	 *
	 * @throws InvalidInputException if a value cannot be read
	 */
	public TextToImageRequest.Builder text() {
		final TextToImageRequest.Builder request = TextToImageRequest.builder("");
		for (final Setting<?> setting : Settings.TEXT)
			if (has(setting)) setting.read(request, given.get(setting.name()));
		return request;
	}
}
