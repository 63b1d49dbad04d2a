
package io.github.zimagefiji.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import org.scijava.Context;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleService;
import org.scijava.thread.ThreadService;

import net.imagej.patcher.LegacyHooks;

/**
 * How ImageJ calls SciJava's commands in Fiji: on a thread of SciJava's pool, where it finds the
 * options of the macro that waits for them. What a command throws is thrown on, and then written
 * down by ImageJ; the macro goes on.
 */
final class HostHooks extends LegacyHooks {

	private final Context context;

	HostHooks(final Context context) {
		this.context = context;
	}

	@Override
	public Object interceptRunPlugIn(final String className, final String arg) {
		final ModuleService modules = context.service(ModuleService.class);
		final ModuleInfo info = modules.getModuleById(className);
		if (info == null) return null;
		try {
			final Future<?> run = modules.run(info, true);
			return run == null ? null : run.get();
		}
		catch (final RuntimeException e) {
			throw e;
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public Iterable<Thread> getThreadAncestors() {
		final ThreadService threads = context.service(ThreadService.class);
		final List<Thread> ancestors = new ArrayList<>();
		for (Thread each = threads.getParent(null); each != null && !ancestors.contains(each); each =
			threads.getParent(each))
		{
			ancestors.add(each);
		}
		return ancestors;
	}
}
