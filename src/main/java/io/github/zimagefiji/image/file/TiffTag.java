
package io.github.zimagefiji.image.file;

/** The tags of TIFF 6.0 and its supplements that are looked at. */
final class TiffTag {

	static final int SUBFILE = 254;
	static final int OLD_SUBFILE = 255;
	static final int WIDTH = 256;
	static final int HEIGHT = 257;
	static final int BITS = 258;
	static final int COMPRESSION = 259;
	static final int PHOTOMETRIC = 262;
	static final int FILL_ORDER = 266;
	static final int DESCRIPTION = 270;
	static final int STRIP_OFFSETS = 273;
	static final int ORIENTATION = 274;
	static final int SAMPLES = 277;
	static final int ROWS_PER_STRIP = 278;
	static final int STRIP_LENGTHS = 279;
	static final int X_RESOLUTION = 282;
	static final int Y_RESOLUTION = 283;
	static final int PLANAR = 284;
	static final int RESOLUTION_UNIT = 296;
	static final int PREDICTOR = 317;
	static final int COLOUR_MAP = 320;
	static final int TILE_WIDTH = 322;
	static final int TILE_HEIGHT = 323;
	static final int TILE_OFFSETS = 324;
	static final int TILE_LENGTHS = 325;
	static final int INK_SET = 332;
	static final int EXTRA_SAMPLES = 338;
	static final int SAMPLE_FORMAT = 339;
	static final int JPEG_TABLES = 347;
	static final int DEPTH = 32997;
	static final int METAMORPH = 33629;
	static final int IPLAB = 34122;
	static final int NIH_IMAGE = 43314;
	static final int IMAGEJ_LENGTHS = 50838;
	static final int IMAGEJ_DATA = 50839;

	private TiffTag() {
		// only constants
	}
}
