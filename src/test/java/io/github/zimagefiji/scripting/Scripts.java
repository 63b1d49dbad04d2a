
package io.github.zimagefiji.scripting;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.scijava.Context;
import org.scijava.module.ModuleService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptLanguage;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

import ij.ImagePlus;

/**
 * Runs scripts by SciJava's script service. The languages are added here instead of being
 * annotated, so that the contexts of other tests stay as they are.
 */
final class Scripts implements AutoCloseable {

	private final Context context = new Context();

	Scripts() {
		final PluginService plugins = context.service(PluginService.class);
		plugins.addPlugin(language(GroovyLanguage.class, "Groovy"));
		plugins.addPlugin(language(JythonLanguage.class, "Python (Jython)"));
		plugins.addPlugin(language(MacroLanguage.class, "IJ1 Macro"));
		// as Fiji's imagej-legacy does
		context.service(ScriptService.class).addAlias(ImagePlus.class);
		context.service(PrefService.class).clearAll();
	}

	private static PluginInfo<ScriptLanguage> language(final Class<? extends ScriptLanguage> type,
		final String name)
	{
		final PluginInfo<ScriptLanguage> info = new PluginInfo<>(type, ScriptLanguage.class);
		info.setName(name);
		return info;
	}

	Context context() {
		return context;
	}

	/**
	 * Runs a script file as Fiji does, headless.
	 *
	 * @param inputs values of its parameters; the others have their defaults
	 * @return it, with its outputs
	 * @throws ScriptFailedException with what it wrote to its error stream
	 */
	ScriptModule run(final Path script, final Map<String, Object> inputs)
		throws InterruptedException
	{
		return run(new ScriptInfo(context, script.toString()), inputs);
	}

	/** Runs a script's text in the language of a file name's extension. */
	ScriptModule run(final String text, final String extension) throws InterruptedException {
		return run(new ScriptInfo(context, "script." + extension, new StringReader(text)), Map.of());
	}

	private ScriptModule run(final ScriptInfo info, final Map<String, Object> inputs)
		throws InterruptedException
	{
		final ModuleService modules = context.service(ModuleService.class);
		final ScriptModule script = (ScriptModule) modules.createModule(info);
		final StringWriter errors = new StringWriter();
		script.setErrorWriter(errors);
		try {
			modules.run(script, true, inputs).get();
		}
		catch (final ExecutionException e) {
			throw new ScriptFailedException(e.toString());
		}
		if (!errors.toString().isBlank()) throw new ScriptFailedException(errors.toString());
		return script;
	}

	@Override
	public void close() {
		context.dispose();
	}
}
