
package io.github.zimagefiji.host;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.console.ConsoleArgument;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.plugin.SciJavaPlugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;
import org.scijava.widget.InputWidget;

import io.github.zimagefiji.host.dialog.CheckBox;
import io.github.zimagefiji.host.dialog.ChoiceBox;
import io.github.zimagefiji.host.dialog.DialogHarvester;
import io.github.zimagefiji.host.dialog.FileField;
import io.github.zimagefiji.host.dialog.MessageText;
import io.github.zimagefiji.host.dialog.NumberField;
import io.github.zimagefiji.host.dialog.ObjectBox;
import io.github.zimagefiji.host.dialog.TextInput;
import net.imagej.patcher.LegacyInjector;

/**
 * The SciJava context of this process, with what Fiji's imagej-legacy and scijava-ui-swing add to
 * it. Its plugins are named here instead of being annotated, so that the contexts of other tests
 * stay as they are. ImageJ makes plug-ins by the names of their classes, so there is no other way
 * to hand a context to them.
 */
final class HostContext {

	private HostContext() {
		// only get()
	}

	private static final class Only {

		private static final Context CONTEXT = create();
	}

	static Context get() {
		return Only.CONTEXT;
	}

	/** Priorities as in imagej-legacy. */
	private static Context create() {
		final Context context = new Context();
		final PluginService plugins = context.service(PluginService.class);
		add(plugins, ActiveImage.class, PreprocessorPlugin.class, Priority.VERY_HIGH + 1);
		add(plugins, MacroMessages.class, PreprocessorPlugin.class, 2 * Priority.VERY_HIGH);
		add(plugins, RecorderStart.class, PreprocessorPlugin.class, Priority.VERY_HIGH + 1);
		add(plugins, RecorderEnd.class, PostprocessorPlugin.class, Priority.VERY_LOW);
		add(plugins, MacroArgument.class, ConsoleArgument.class, Priority.NORMAL);
		LegacyInjector.installHooks(HostContext.class.getClassLoader(), new HostHooks(context));
		if (!GraphicsEnvironment.isHeadless()) addWindows(context, plugins);
		return context;
	}

	private static void addWindows(final Context context, final PluginService plugins) {
		add(plugins, ImageWindows.class, PostprocessorPlugin.class, Priority.VERY_LOW + 1);
		add(plugins, DialogHarvester.class, PreprocessorPlugin.class, InputHarvester.PRIORITY);
		add(plugins, GatheredResults.class, PostprocessorPlugin.class, Priority.VERY_LOW + 1);
		final Map<Class<? extends InputWidget<?, ?>>, Double> widgets =
			Map.of(TextInput.class, Priority.NORMAL, NumberField.class, Priority.NORMAL, CheckBox.class,
				Priority.NORMAL, FileField.class, Priority.NORMAL, ObjectBox.class, Priority.LOW,
				ChoiceBox.class, Priority.HIGH, MessageText.class, Priority.VERY_HIGH);
		widgets.forEach((type, priority) -> addWidget(plugins, type, priority));
		final HostUI ui = new HostUI();
		context.inject(ui);
		final UIService uis = context.service(UIService.class);
		uis.addUI(HostUI.NAME, ui);
		uis.setDefaultUI(ui);
		uis.showUI(ui);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static void addWidget(final PluginService plugins, final Class type,
		final double priority)
	{
		add(plugins, type, InputWidget.class, priority);
	}

	private static <T extends SciJavaPlugin> void add(final PluginService plugins,
		final Class<? extends T> plugin, final Class<T> type, final double priority)
	{
		final PluginInfo<T> info = new PluginInfo<>(plugin, type);
		info.setPriority(priority);
		plugins.addPlugin(info);
	}
}
