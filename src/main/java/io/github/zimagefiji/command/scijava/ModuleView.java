
package io.github.zimagefiji.command.scijava;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.scijava.ItemVisibility;
import org.scijava.module.AbstractModule;
import org.scijava.module.DefaultMutableModuleInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

import io.github.zimagefiji.command.common.MessageText;

/**
 * A module as a dialog shows it: some of its inputs, in another order, with a message that says
 * what is wrong as long as something is. No input is resolved by the dialog: SciJava throws an
 * exception where a wrong value is, and what was typed would be lost with the dialog.
 */
final class ModuleView extends AbstractModule {

	/** The message of dialogs that have none; no command has such an input. */
	private static final String PROBLEM = "dialog problem";

	private final Module module;
	private final ModuleInfo info;
	private final String message;
	private final Supplier<String> problem;

	/**
	 * @param inputs what is shown
	 * @param message the one of them that gives way to what is wrong; null if there is none
	 * @param said whether the dialog has a message in any case
	 * @param problem what is wrong with the values now; empty if nothing is
	 */
	ModuleView(final Module module, final List<ModuleItem<?>> inputs, final String message,
		final boolean said, final Supplier<String> problem)
	{
		this.module = module;
		this.message = message == null ? PROBLEM : message;
		this.problem = problem;
		final DefaultMutableModuleInfo made = new DefaultMutableModuleInfo();
		if (message == null && said) made.addInput(message());
		inputs.forEach(made::addInput);
		final ModuleInfo original = module.getInfo();
		made.setName(original.getName());
		made.setLabel(original.getLabel());
		made.setDescription(original.getDescription());
		made.setMenuPath(original.getMenuPath());
		made.setIconPath(original.getIconPath());
		info = made;
	}

	private ModuleItem<String> message() {
		final DefaultMutableModuleItem<String> item =
			new DefaultMutableModuleItem<>(this, PROBLEM, String.class);
		item.setVisibility(ItemVisibility.MESSAGE);
		item.setLabel("To correct");
		item.setDescription("What is wrong with the values below.");
		item.setRequired(false);
		item.setPersisted(false);
		return item;
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
		final Object usual = name.equals(PROBLEM) ? "" : module.getInput(name);
		if (name.equals(message))
			return MessageText.whole(MessageText.wrong(problem.get(), String.valueOf(usual)));
		return usual instanceof String text && isMessage(name) ? MessageText.whole(text) : usual;
	}

	private boolean isMessage(final String name) {
		final ModuleItem<?> item = info.getInput(name);
		return item != null && item.getVisibility() == ItemVisibility.MESSAGE;
	}

	@Override
	public Map<String, Object> getInputs() {
		return module.getInputs();
	}

	@Override
	public void setInput(final String name, final Object value) {
		if (!name.equals(message)) module.setInput(name, value);
	}

	@Override
	public boolean isInputResolved(final String name) {
		return module.isInputResolved(name);
	}

	@Override
	public void resolveInput(final String name) {
		// by DialogOrder, once all of them are right
	}

	@Override
	public void unresolveInput(final String name) {
		module.unresolveInput(name);
	}
}
