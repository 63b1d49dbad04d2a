
package io.github.zimagefiji.host.dialog;

import javax.swing.JPasswordField;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.text.JTextComponent;

import org.scijava.widget.TextWidget;
import org.scijava.widget.WidgetModel;

/** A line of text, or an area. */
public final class TextInput extends HostWidget<String, JTextComponent> {

	/** As in Fiji. */
	private static final int ROWS = 5;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isText() && !model.isMultipleChoice() &&
			!model.isMessage();
	}

	@Override
	JTextComponent create() {
		final int columns = get().getItem().getColumnCount();
		final JTextComponent text;
		if (isScrolled()) text = new JTextArea(ROWS, columns);
		else text = get().isStyle(TextWidget.PASSWORD_STYLE) ? new JPasswordField(columns)
			: new JTextField(columns);
		text.getDocument().addDocumentListener(new TextChange(this::updateModel));
		return text;
	}

	@Override
	boolean isScrolled() {
		return get().isStyle(TextWidget.AREA_STYLE);
	}

	@Override
	public String getValue() {
		return control().getText();
	}

	@Override
	void showValue() {
		if (!control().getText().equals(get().getText())) control().setText(get().getText());
	}
}
