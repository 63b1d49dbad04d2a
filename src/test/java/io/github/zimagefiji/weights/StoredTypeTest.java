
package io.github.zimagefiji.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredTypeTest {

	@Test
	void onlyFloatingPointOfUpTo32BitsServesAsWeights() {
		assertEquals(
			EnumSet.of(StoredType.F32, StoredType.F16, StoredType.BF16, StoredType.F8_E4M3,
				StoredType.F8_E5M2),
			Arrays.stream(StoredType.values()).filter(StoredType::isSupportedWeight)
				.collect(Collectors.toSet()));
	}

	@ParameterizedTest
	@EnumSource
	void theNameTellsTheNumberOfBits(final StoredType type) {
		final String digits =
			type == StoredType.BOOL ? "8" : type.name().replaceFirst("[A-Z]+(\\d+).*", "$1");
		assertEquals(Integer.parseInt(digits), 8 * type.bytes());
		assertEquals(Optional.of(type), StoredType.named(type.name()));
	}
}
