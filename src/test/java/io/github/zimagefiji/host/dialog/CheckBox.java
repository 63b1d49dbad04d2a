
package io.github.zimagefiji.host.dialog;

import javax.swing.JCheckBox;

import org.scijava.widget.WidgetModel;

/** Yes or no. */
public final class CheckBox extends HostWidget<Boolean, JCheckBox> {

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isBoolean();
	}

	@Override
	JCheckBox create() {
		final JCheckBox box = new JCheckBox();
		box.addItemListener(e -> updateModel());
		return box;
	}

	@Override
	public Boolean getValue() {
		return control().isSelected();
	}

	@Override
	void showValue() {
		control().setSelected(Boolean.TRUE.equals(get().getValue()));
	}
}
