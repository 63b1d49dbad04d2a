
package io.github.zimagefiji.request.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.zimagefiji.error.InvalidInputException;

/** A script may pass on what it read from anywhere. */
class SettingValuesBoundsTest {

	private static final Setting<Integer> WHOLE = Setting.of("whole", ValueType.WHOLE, "N", "");
	private static final Setting<Long> LONG = Setting.of("long", ValueType.LONG, "N", "");

	private static SettingValues of(final Object value) {
		return new SettingValues(Map.of("whole", value, "long", value), List.of(WHOLE, LONG));
	}

	private static Stream<Object> largeNumbers() {
		return Stream.of("9".repeat(2_000_000), "1" + "0".repeat(2_000_000),
			BigInteger.ONE.shiftLeft(10_000_000), new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000), 5),
			"1e999999999", "-1E+2147483647", new BigDecimal("1e999999999"));
	}

	@ParameterizedTest(name = "{index}")
	@MethodSource("largeNumbers")
	void numbersOfVeryManyDigitsAreRefusedAtOnce(final Object value) {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			for (final InvalidInputException e : List.of(
				assertThrows(InvalidInputException.class, () -> of(value).find(WHOLE)),
				assertThrows(InvalidInputException.class, () -> of(value).find(LONG))))
			{
				assertTrue(e.getMessage().contains("too large"), e.getMessage());
				assertTrue(e.getMessage().length() < 300, e.getMessage());
			}
		});
	}

	@Test
	void smallOnesOfAnyTypeAreTaken() {
		for (final Object value : List.of(7, 7L, 7.0, 7f, "7", " 7 ", "7.00", "7e0",
			BigInteger.valueOf(7), new BigDecimal("7.000")))
			assertEquals(Optional.of(7), of(value).find(WHOLE));
		assertEquals(Optional.of(0), of("-0").find(WHOLE));
		assertThrows(InvalidInputException.class, () -> of("1e-999999999").find(WHOLE));
		assertThrows(InvalidInputException.class, () -> of("NaN").find(WHOLE));
		assertThrows(InvalidInputException.class, () -> of(Double.NaN).find(WHOLE));
	}
}
