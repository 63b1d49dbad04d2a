
package io.github.zimagefiji.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A small run of the campaign that {@code docs/fuzzing.md} describes, with other inputs than those
 * of its table.
 */
@Tag("slow")
class FuzzCampaignTest {

	private static final long SEED = 20_261_130;
	private static final int INPUTS_OF_EACH = 200;
	private static final int WAYS = 12;

	@TempDir
	Path folder;

	/** Some parsers are called in several ways, of which one is a seed's. */
	@Test
	void everyParserTakesItsSeeds() throws Exception {
		for (final Target target : Targets.all(folder)) {
			for (final byte[] seed : target.seeds()) {
				Files.write(target.file(), seed);
				assertTrue(IntStream.range(0, WAYS).anyMatch(way -> accepts(target, seed, way)),
					() -> target.name() + " refuses " + new String(seed, StandardCharsets.UTF_8));
			}
		}
	}

	private static boolean accepts(final Target target, final byte[] seed, final int way) {
		try {
			target.parser().parse(target.file(), seed, way);
			return true;
		}
		catch (final InvalidInputException e) {
			return false;
		}
		catch (final Exception e) {
			throw new AssertionError(target.name(), e);
		}
	}

	@Test
	void noParserFails() throws Exception {
		final Campaign campaign = new Campaign(SEED, folder.resolve("findings"));
		final Map<String, Map<String, Integer>> findings = new TreeMap<>();
		int accepted = 0;
		int inputs = 0;
		for (final Target target : Targets.all(folder)) {
			final Tally tally = campaign.run(target, INPUTS_OF_EACH);
			if (!tally.findings().isEmpty()) findings.put(target.name(), tally.findings());
			accepted += tally.accepted();
			inputs += tally.inputs();
		}
		assertEquals(Map.of(), findings);
		assertTrue(accepted > inputs / 50 && accepted < inputs / 2,
			accepted + " of " + inputs + " are accepted: changes are too large or too small");
	}

	@Test
	void theCampaignFindsWhatItLooksFor() throws Exception {
		final byte[] seed = "{\"a\": [1, 2]}".getBytes(StandardCharsets.UTF_8);
		final Target target = new Target("faulty", Format.JSON, folder.resolve("x"), List.of(seed),
			(file, input, number) -> fail(number));
		final Tally tally = new Campaign(1, folder.resolve("findings")).run(target, 6);
		assertEquals(6, tally.inputs());
		assertEquals(1, tally.accepted());
		assertEquals(
			List.of("IllegalStateException ", "StackOverflowError ", "memory 300 MB", "says hello"),
			List.copyOf(tally.findings().keySet()));
		assertTrue(Files.exists(folder.resolve("findings/faulty-0-IllegalStateException-.bin")));
	}

	private static void fail(final int number) {
		switch (number) {
			case 0 -> throw new IllegalStateException();
			case 1 -> fail(number);
			case 2 -> {
				// in pieces: the heap of the process may be almost full
				for (int i = 0; i < 310; i++)
					assertEquals(1 << 17, new long[1 << 17].length);
			}
			case 3 -> System.out.println("hello");
			case 4 -> throw new InvalidInputException("Not so.");
			default -> {
				// accepted
			}
		}
	}

	@Test
	void aParserThatNeverComesBackIsLeft() throws Exception {
		final Target target = new Target("endless", Format.TEXT, folder.resolve("x"),
			List.of("a".getBytes(StandardCharsets.UTF_8)), (file, input, number) -> {
				while (number == 1 && !Thread.currentThread().isInterrupted())
					Thread.onSpinWait();
			});
		final Tally tally = new Campaign(1, folder.resolve("findings"), 200_000_000L).run(target, 3);
		assertEquals(Map.of("hang", 1), tally.findings());
		assertEquals(2, tally.accepted());
	}

	@Test
	void theSameSeedMakesTheSameInputs() throws Exception {
		int different = 0;
		for (final Target target : Targets.all(folder)) {
			for (int i = 0; i < 5; i++) {
				final byte[] input = new Campaign(1, folder).input(target, i);
				assertArrayEquals(input, new Campaign(1, folder).input(target, i), target.name());
				different +=
					java.util.Arrays.equals(input, new Campaign(2, folder).input(target, i)) ? 0 : 1;
			}
		}
		assertTrue(different > 50, different + " differ with another seed");
		assertFalse(IntStream.range(0, 3).map(i -> FuzzMain.share(1000, 3, i)).sum() != 1000);
	}
}
