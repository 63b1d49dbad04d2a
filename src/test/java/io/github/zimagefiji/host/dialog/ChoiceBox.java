
package io.github.zimagefiji.host.dialog;

import java.util.Arrays;

import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;

import org.scijava.widget.WidgetModel;

/**
 * One of several texts; the texts may change while the dialog is open. As in Fiji, none of them may
 * be null, which SciJava makes of an empty one.
 */
public final class ChoiceBox extends HostWidget<String, JComboBox<String>> {

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isText() && model.isMultipleChoice();
	}

	@Override
	JComboBox<String> create() {
		final JComboBox<String> box = new JComboBox<>(get().getChoices());
		box.addActionListener(e -> updateModel());
		return box;
	}

	@Override
	public String getValue() {
		return control().getSelectedItem().toString();
	}

	@Override
	void showValue() {
		final String[] choices = get().getChoices();
		if (!Arrays.equals(choices, shown())) control().setModel(new DefaultComboBoxModel<>(choices));
		final Object value = get().getValue();
		if (!value.equals(control().getSelectedItem())) control().setSelectedItem(value);
	}

	private String[] shown() {
		final String[] items = new String[control().getItemCount()];
		Arrays.setAll(items, control()::getItemAt);
		return items;
	}
}
