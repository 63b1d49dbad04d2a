
package io.github.zimagefiji.image.file.common;

/** The tags of TIFF 6.0 and its supplements that are looked at. */
public final class TiffTag {

	public static final int SUBFILE = 254;
	public static final int OLD_SUBFILE = 255;
	public static final int WIDTH = 256;
	public static final int HEIGHT = 257;
	public static final int BITS = 258;
	public static final int COMPRESSION = 259;
	public static final int PHOTOMETRIC = 262;
	public static final int FILL_ORDER = 266;
	public static final int DESCRIPTION = 270;
	public static final int STRIP_OFFSETS = 273;
	static final int ORIENTATION = 274;
	public static final int SAMPLES = 277;
	public static final int ROWS_PER_STRIP = 278;
	public static final int STRIP_LENGTHS = 279;
	public static final int X_RESOLUTION = 282;
	public static final int Y_RESOLUTION = 283;
	public static final int PLANAR = 284;
	public static final int RESOLUTION_UNIT = 296;
	public static final int PREDICTOR = 317;
	static final int COLOUR_MAP = 320;
	public static final int TILE_WIDTH = 322;
	public static final int TILE_HEIGHT = 323;
	public static final int TILE_OFFSETS = 324;
	public static final int TILE_LENGTHS = 325;
	public static final int INK_SET = 332;
	public static final int EXTRA_SAMPLES = 338;
	public static final int SAMPLE_FORMAT = 339;
	public static final int JPEG_TABLES = 347;
	public static final int DEPTH = 32997;
	public static final int METAMORPH = 33629;
	public static final int IPLAB = 34122;
	public static final int NIH_IMAGE = 43314;
	public static final int IMAGEJ_LENGTHS = 50838;
	public static final int IMAGEJ_DATA = 50839;

	private TiffTag() {
		// only constants
	}
}
