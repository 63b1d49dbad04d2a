
package io.github.zimagefiji.host.dialog;

import javax.swing.JComboBox;

import org.scijava.widget.WidgetModel;

/** One of the objects of its type that SciJava knows when the dialog opens. */
public final class ObjectBox extends HostWidget<Object, JComboBox<Object>> {

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && !model.getObjectPool().isEmpty();
	}

	@Override
	JComboBox<Object> create() {
		final JComboBox<Object> box = new JComboBox<>(get().getObjectPool().toArray());
		box.addActionListener(e -> updateModel());
		return box;
	}

	@Override
	public Object getValue() {
		return control().getSelectedItem();
	}

	@Override
	void showValue() {
		final Object value = get().getValue();
		if (value != null && !value.equals(control().getSelectedItem()))
			control().setSelectedItem(value);
	}
}
