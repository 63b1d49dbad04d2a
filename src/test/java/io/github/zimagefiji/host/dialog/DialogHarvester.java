
package io.github.zimagefiji.host.dialog;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicReference;

import javax.swing.JPanel;

import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;
import org.scijava.ui.AbstractInputHarvesterPlugin;
import org.scijava.widget.InputPanel;
import org.scijava.widget.InputWidget;

import io.github.zimagefiji.host.HostUI;

/**
 * Asks a person for a command's inputs, in a {@link CommandDialog} that is built from the command's
 * parameters alone.
 */
public final class DialogHarvester extends AbstractInputHarvesterPlugin<JPanel, JPanel> {

	@Parameter
	private ThreadService threads;

	@Override
	public InputPanel<JPanel, JPanel> createInputPanel() {
		return new DialogPanel();
	}

	/** Builds the panel on the event thread, where its controls live. */
	@Override
	public void buildPanel(final InputPanel<JPanel, JPanel> panel, final Module module)
		throws ModuleException
	{
		final AtomicReference<ModuleException> failure = new AtomicReference<>();
		onEventThread(() -> {
			try {
				super.buildPanel(panel, module);
			}
			catch (final ModuleException e) {
				failure.set(e);
			}
		});
		if (failure.get() != null) throw failure.get();
	}

	@Override
	public boolean harvestInputs(final InputPanel<JPanel, JPanel> panel, final Module module) {
		final AtomicReference<CommandDialog> dialog = new AtomicReference<>();
		onEventThread(() -> {
			if (HostWidget.VALIDATES) validate(panel, module);
			dialog.set(new CommandDialog(module.getInfo().getTitle(), (DialogPanel) panel));
			dialog.get().setVisible(true);
		});
		return dialog.get().isConfirmed();
	}

	private static void validate(final InputPanel<JPanel, JPanel> panel, final Module module) {
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			final InputWidget<?, JPanel> widget = panel.getWidget(item.getName());
			if (widget != null) widget.get().updateValidation();
		}
		panel.refresh();
	}

	private void onEventThread(final Runnable code) {
		try {
			threads.invoke(code);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	@Override
	protected String getUI() {
		return HostUI.NAME;
	}
}
