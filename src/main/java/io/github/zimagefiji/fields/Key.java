
package io.github.zimagefiji.fields;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What texts say of a component of a record; {@link RecordCodec} reads and writes by it. A
 * component without it has its own name, with hyphens, and must be there. At a sealed interface of
 * records it has the key that chooses one of them, and at each of these what that key says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.RECORD_COMPONENT, ElementType.TYPE })
public @interface Key {

	/** The value of {@link #usual} of a component that must be there. */
	String NEEDED = "\0needed";

	/** The value of {@link #usual} of a component that is null where it is not there. */
	String NOTHING = "\0nothing";

	/**
	 * The value of {@link #usual} of a component that is what the record's static method {@code of}
	 * gives for the components before the first of these.
	 */
	String COMPUTED = "\0computed";

	/**
	 * The value of {@link #value} of a record of two numbers, from and to, which texts say as one
	 * number or a list of two.
	 */
	String PAIR = "\0pair";

	/**
	 * The value of {@link #value} of a component whose own components stand beside the others, not in
	 * a section.
	 */
	String FLAT = "\0flat";

	/**
	 * What texts call it; {@code SECTION.NAME} stands in a section. Empty for its own name, with a
	 * hyphen before each capital.
	 */
	String value() default "";

	/** Its value where texts say nothing, as YAML. */
	String usual() default NEEDED;

	/** Whether its usual value is not written. */
	boolean quiet() default false;

	/** The smallest number that {@link RecordCodec#check} lets pass. */
	double least() default Double.NEGATIVE_INFINITY;

	/** The largest one. */
	double most() default Double.POSITIVE_INFINITY;

	/** What in a list of texts stands for the folder that paths are relative to. */
	String folder() default "";
}
