
package io.github.zimagefiji.hub.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.zimagefiji.hub.store.InstalledModel;

/**
 * What the program that asks for a diagnosis knows of the place where it runs.
 *
 * @param versions of programs around it, such as ImageJ, in the order for a report
 * @param jarFolders folders of jars beside the class path, such as Fiji's {@code jars} and
 *          {@code plugins}
 * @param models those that the user can choose; asked for while the diagnosis runs
 * @param catalogue the user's own catalogue of models
 */
public record Surroundings(Map<String, String> versions, List<Path> jarFolders,
		Supplier<List<InstalledModel>> models, Optional<Path> catalogue)
{}
