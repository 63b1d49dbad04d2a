
package io.github.zimagefiji.spark;

import org.apache.spark.SparkConf;

/** What the job adds to the settings that {@code spark-submit} was given. */
final class JobSettings {

	private static final String PLUGINS = "spark.plugins";

	private JobSettings() {
		// only of()
	}

	/**
	 * Settings for engines of some threads. Unless the user wants it otherwise, an executor has just
	 * as many cores, because it runs one engine.
	 */
	static SparkConf of(final int threads) {
		final SparkConf conf = new SparkConf();
		conf.setIfMissing("spark.app.name", "Z-Image dataset");
		conf.setIfMissing("spark.task.cpus", String.valueOf(threads));
		conf.setIfMissing("spark.executor.cores", conf.get("spark.task.cpus"));
		final String others = conf.get(PLUGINS, "");
		return conf.set(PLUGINS, (others.isEmpty() ? "" : others + ",") + ModelPlugin.class.getName());
	}
}
