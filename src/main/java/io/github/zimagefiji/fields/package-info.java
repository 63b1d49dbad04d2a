/**
 * Text that comes from elsewhere, read within bounds: size, depth, number of values, length of
 * numbers. Everything that reads JSON, YAML or other text of unknown origin begins here, so that no
 * reader has its own bounds to forget. {@link io.github.zimagefiji.fields.Fields} asks for values
 * by name and kind, and {@link io.github.zimagefiji.fields.RecordCodec} makes records of them.
 */

package io.github.zimagefiji.fields;
