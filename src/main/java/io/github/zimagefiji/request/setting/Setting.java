
package io.github.zimagefiji.request.setting;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * One value that a request is made of. {@link Settings} has all of them.
 *
 * @param <T> type of the value
 * @param name as scripts and provenance call it, in snake case; the command line has a hyphen for
 *          each underscore
 * @param aliases further names that scripts, macros and the command line understand
 * @param type how it is read
 * @param initial what is used if it is not given; null for none, or as the model needs it
 * @param check throws {@link io.github.zimagefiji.error.InvalidInputException} for a value that is
 *          wrong by itself
 * @param sign what stands for a value in help, such as {@code N}
 * @param help what it is for: sentences, without the default
 * @param otherwise what is used if it is not given, in words; empty to name {@code initial}
 * @param place where prompt and sampling keep it; null if it belongs to another part of a request
 */
public record Setting<T>(String name, List<String> aliases, ValueType<T> type, T initial,
		Consumer<T> check, String sign, String help, String otherwise, Place<T> place)
{

	/**
	 * Where a request for text keeps a value.
	 *
	 * @param later whether provenance of the first versions does not have it
	 */
	record Place<T>(Function<TextToImageRequest, T> get,
			BiConsumer<TextToImageRequest.Builder, T> set, boolean later)
	{}

	/** A setting without a default, which any value suits. */
	public static <T> Setting<T> of(final String name, final ValueType<T> type, final String sign,
		final String help)
	{
		return new Setting<>(name, List.of(), type, null, value -> {}, sign, help, "", null);
	}

	Setting<T> also(final String... others) {
		return new Setting<>(name, List.of(others), type, initial, check, sign, help, otherwise, place);
	}

	/** The same setting with a default. */
	public Setting<T> otherwise(final T value) {
		return new Setting<>(name, aliases, type, value, check, sign, help, otherwise, place);
	}

	/** The same setting with a default, and words for it. */
	public Setting<T> otherwise(final T value, final String words) {
		return new Setting<>(name, aliases, type, value, check, sign, help, words, place);
	}

	Setting<T> checked(final Consumer<T> by) {
		return new Setting<>(name, aliases, type, initial, by, sign, help, otherwise, place);
	}

	/** A value of prompt and sampling, which is checked there. */
	Setting<T> in(final Function<TextToImageRequest, T> get,
		final BiConsumer<TextToImageRequest.Builder, T> set)
	{
		final Consumer<T> checkThere = value -> {
			final TextToImageRequest.Builder any = TextToImageRequest.builder("");
			set.accept(any, value);
			any.build();
		};
		return new Setting<>(name, aliases, type, initial, checkThere, sign, help, otherwise,
			new Place<>(get, set, false));
	}

	/** Marks a value that provenance of the first versions does not have. */
	Setting<T> sinceLater() {
		return new Setting<>(name, aliases, type, initial, check, sign, help, otherwise,
			new Place<>(place.get, place.set, true));
	}

	/** The same setting with another help. */
	public Setting<T> saying(final String other) {
		return new Setting<>(name, aliases, type, initial, check, sign, other, otherwise, place);
	}

	/** All names, the one of scripts first. */
	public List<String> names() {
		return Stream.concat(Stream.of(name), aliases.stream()).toList();
	}

	/** The name in words, as the lines about an image have it, such as {@code max tokens}. */
	public String label() {
		return name.replace('_', ' ');
	}

	/** The options of the command line, such as {@code --max-tokens}. */
	public String[] options() {
		return names().stream().map(each -> "--" + each.replace('_', '-')).toArray(String[]::new);
	}

	/** The help, and what is used if the value is not given. */
	public String fullHelp() {
		final String words = otherwise.isEmpty() && initial != null ? words(initial) : otherwise;
		return words.isEmpty() ? help : help + " Default: " + words + ".";
	}

	private static String words(final Object value) {
		if (value instanceof Boolean) return "";
		return value instanceof Number number && number.doubleValue() == number.longValue()
			? Long.toString(number.longValue()) : value.toString();
	}

	/** The value in a request; null for none. */
	public T in(final TextToImageRequest request) {
		return place.get.apply(request);
	}

	/** The value in a request as it is written: of an enumeration its label; null for none. */
	public Object written(final TextToImageRequest request) {
		final T value = in(request);
		return value instanceof Labelled constant ? constant.label() : value;
	}

	/** Whether a request has another value than the default. */
	public boolean isSetIn(final TextToImageRequest request) {
		final T value = in(request);
		return value != null && !value.equals(initial);
	}

	/** Puts a value into a request. */
	public void put(final TextToImageRequest.Builder request, final T value) {
		place.set.accept(request, value);
	}

	/**
	 * Reads a value and puts it into a request.
	 *
	 * @param value null for none
	 */
	public void read(final TextToImageRequest.Builder request, final Object value) {
		put(request, value == null ? null : type.read(name, value));
	}

	/** Whether provenance of the first versions does not have it. */
	public boolean isLater() {
		return place.later;
	}

}
