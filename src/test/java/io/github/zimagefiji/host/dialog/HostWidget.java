
package io.github.zimagefiji.host.dialog;

import java.awt.Color;

import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

import org.scijava.ui.AbstractUIInputWidget;
import org.scijava.ui.UserInterface;
import org.scijava.widget.WidgetModel;

import io.github.zimagefiji.host.HostUI;
import net.miginfocom.swing.MigLayout;

/**
 * A control for one input: named like the input, with its description as a tool
 * tip, and below it what is wrong with its value, if something is.
 *
 * @param <T> what the control gives
 * @param <C> the control
 */
abstract class HostWidget<T, C extends JComponent> extends
	AbstractUIInputWidget<T, JPanel>
{

	private static final Color PROBLEM = new Color(0xB00020);

	private final JPanel panel = new JPanel(new MigLayout(
		"fillx, insets 1, wrap 1, hidemode 3", "[fill,grow]"));
	private final JLabel problem = new JLabel();
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
		problem.setForeground(PROBLEM);
		problem.setName(model.getItem().getName() + " problem");
		addControl(panel);
		panel.add(problem);
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
		final String sentence = problem(get());
		problem.setText(sentence);
		problem.setVisible(!sentence.isEmpty());
		panel.setBorder(BorderFactory.createLineBorder(sentence.isEmpty() ? panel
			.getBackground() : PROBLEM));
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
