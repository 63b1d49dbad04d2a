
package io.github.zimagefiji.command;

import java.util.List;
import java.util.Map;

import org.scijava.module.AbstractModule;
import org.scijava.module.DefaultMutableModuleInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/**
 * Another look at a module: the same inputs with the same values, in another
 * order.
 */
final class ModuleView extends AbstractModule {

	private final Module module;
	private final ModuleInfo info;

	ModuleView(final Module module, final List<ModuleItem<?>> inputs) {
		this.module = module;
		info = info(module.getInfo(), inputs);
	}

	private static ModuleInfo info(final ModuleInfo original,
		final List<ModuleItem<?>> inputs)
	{
		final DefaultMutableModuleInfo info = new DefaultMutableModuleInfo();
		inputs.forEach(info::addInput);
		info.setName(original.getName());
		info.setLabel(original.getLabel());
		info.setDescription(original.getDescription());
		info.setMenuPath(original.getMenuPath());
		info.setIconPath(original.getIconPath());
		return info;
	}

	@Override
	public ModuleInfo getInfo() {
		return info;
	}

	@Override
	public void run() {
		module.run();
	}

	@Override
	public Object getDelegateObject() {
		return module.getDelegateObject();
	}

	@Override
	public Object getInput(final String name) {
		return module.getInput(name);
	}

	@Override
	public Map<String, Object> getInputs() {
		return module.getInputs();
	}

	@Override
	public void setInput(final String name, final Object value) {
		module.setInput(name, value);
	}

	@Override
	public boolean isInputResolved(final String name) {
		return module.isInputResolved(name);
	}

	@Override
	public void resolveInput(final String name) {
		module.resolveInput(name);
	}

	@Override
	public void unresolveInput(final String name) {
		module.unresolveInput(name);
	}
}
