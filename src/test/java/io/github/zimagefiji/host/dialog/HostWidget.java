
package io.github.zimagefiji.host.dialog;

import java.awt.Color;

import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

import org.scijava.ui.AbstractUIInputWidget;
import org.scijava.ui.UserInterface;
import org.scijava.widget.WidgetModel;

import io.github.zimagefiji.host.HostUI;
import net.miginfocom.swing.MigLayout;

/**
 * A control for one input: named like the input, with its description as a tool tip. As with
 * scijava-ui-swing 1.0.3, nothing is said of a wrong value; with {@link #VALIDATES}, its frame is
 * red, and its tool tip says why, as with 1.0.4.
 *
 * @param <T> what the control gives
 * @param <C> the control
 */
abstract class HostWidget<T, C extends JComponent> extends AbstractUIInputWidget<T, JPanel> {

	/** Whether wrong values are marked, and keep OK from being pressed. */
	static final boolean VALIDATES = Boolean.getBoolean(HostUI.VALIDATES);

	private static final Color PROBLEM = Color.RED;

	private final JPanel panel = new JPanel(new MigLayout("fillx, ins 3 0 3 0", "[fill,grow|pref]"));
	private C control;

	/** Makes the control for the model that {@link #get} gives. */
	abstract C create();

	/** Shows the model's value, if it is not what is shown already. */
	abstract void showValue();

	final C control() {
		return control;
	}

	@Override
	public final void set(final WidgetModel model) {
		super.set(model);
		control = create();
		control.setName(model.getItem().getName());
		control.setToolTipText(model.getItem().getDescription());
		addControl(panel);
		refreshWidget();
	}

	/** Puts the control into its place; others can stand beside it. */
	void addControl(final JPanel place) {
		place.add(isScrolled() ? new JScrollPane(control) : control);
	}

	boolean isScrolled() {
		return false;
	}

	@Override
	protected final void doRefresh() {
		showValue();
		if (!VALIDATES) return;
		final String sentence = problem(get());
		panel.setBorder(
			BorderFactory.createLineBorder(sentence.isEmpty() ? panel.getBackground() : PROBLEM));
		control.setToolTipText(sentence.isEmpty() ? get().getItem().getDescription() : sentence);
	}

	static String problem(final WidgetModel model) {
		final String sentence = model.getValidationMessage();
		return sentence == null ? "" : sentence;
	}

	@Override
	protected final UserInterface ui() {
		return ui(HostUI.NAME);
	}

	@Override
	public final JPanel getComponent() {
		return panel;
	}

	@Override
	public final Class<JPanel> getComponentType() {
		return JPanel.class;
	}
}
