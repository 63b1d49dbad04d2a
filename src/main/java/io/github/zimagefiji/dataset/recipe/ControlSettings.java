
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * The ControlNet that follows labels.
 *
 * @param network its folder or file; null for the built-in one
 * @param scale how strongly it is followed; 1 as in training
 */
public record ControlSettings(@Key(usual = "built-in") Path network,
		@Key(usual = "1", least = 0, most = 10) double scale)
{

	/** The built-in one, as it was trained. */
	public static final ControlSettings BUILT_IN = new ControlSettings(null, 1);

	/** @throws WrongValueException if the scale is out of range */
	public ControlSettings {
		RecordCodec.check(ControlSettings.class, network, scale);
	}
}
