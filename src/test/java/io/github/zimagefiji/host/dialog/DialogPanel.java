
package io.github.zimagefiji.host.dialog;

import java.util.function.Consumer;

import javax.swing.JLabel;
import javax.swing.JPanel;

import org.scijava.widget.AbstractInputPanel;
import org.scijava.widget.InputWidget;

import net.miginfocom.swing.MigLayout;

/** A column of labels and a column of controls, as Fiji lays them out. */
final class DialogPanel extends AbstractInputPanel<JPanel, JPanel> {

	private final JPanel panel = new JPanel(new MigLayout("fillx, wrap 2", "[right]10[fill,grow]"));
	private Consumer<Boolean> listener = valid -> {};

	@Override
	public void addWidget(final InputWidget<?, JPanel> widget) {
		super.addWidget(widget);
		if (widget.isLabeled()) {
			final JLabel label = new JLabel(widget.get().getWidgetLabel());
			label.setToolTipText(widget.get().getItem().getDescription());
			panel.add(label);
			panel.add(widget.getComponent());
		}
		else panel.add(widget.getComponent(), "span");
	}

	/**
	 * Calls back now and whenever the values were checked, with whether all of them can be used.
	 */
	void whenChecked(final Consumer<Boolean> action) {
		listener = action;
		action.accept(isValid());
	}

	@Override
	public void refresh() {
		super.refresh();
		listener.accept(isValid());
	}

	private boolean isValid() {
		return !HostWidget.VALIDATES ||
			widgets.values().stream().allMatch(widget -> HostWidget.problem(widget.get()).isEmpty());
	}

	@Override
	public JPanel getComponent() {
		return panel;
	}

	@Override
	public Class<JPanel> getComponentType() {
		return JPanel.class;
	}

	@Override
	public Class<JPanel> getWidgetComponentType() {
		return JPanel.class;
	}
}
