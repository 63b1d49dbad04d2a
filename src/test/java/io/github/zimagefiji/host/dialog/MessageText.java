
package io.github.zimagefiji.host.dialog;

import javax.swing.JEditorPane;

import org.scijava.widget.WidgetModel;

/**
 * Text to read; its HTML is shown as such, and may change while the dialog is open. Then Swing
 * scrolls the dialog to it, as in Fiji.
 */
public final class MessageText extends HostWidget<String, JEditorPane> {

	private String shown;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage();
	}

	@Override
	JEditorPane create() {
		final JEditorPane pane = new JEditorPane("text/html", "");
		pane.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
		pane.setEditable(false);
		pane.setOpaque(false);
		return pane;
	}

	@Override
	public String getValue() {
		return null;
	}

	@Override
	void showValue() {
		if (get().getText().equals(shown)) return;
		shown = get().getText();
		control().setText(shown);
	}

	@Override
	public boolean isLabeled() {
		final String label = get().getItem().getLabel();
		return label != null && !label.isEmpty();
	}

	@Override
	public boolean isMessage() {
		return true;
	}
}
