
package io.github.zimagefiji.command;

import org.scijava.menu.MenuConstants;

/**
 * Where our commands stand in the menu. Fiji sorts by weights, and by the alphabet where there are
 * none: what is begun with comes first, then what starts from an image (from 11), datasets (21),
 * models (from 31), the engine (41) and diagnostics (51). Where weights differ by more than one,
 * menus that draw lines between groups draw one.
 */
public final class MenuPlace {

	public static final String PLUGINS = MenuConstants.PLUGINS_LABEL;
	public static final double PLUGINS_WEIGHT = MenuConstants.PLUGINS_WEIGHT;
	public static final String Z_IMAGE = "Z-Image";
	public static final String MODELS = "Models";
	public static final double MODELS_WEIGHT = 31;

	private MenuPlace() {
		// only constants
	}
}
