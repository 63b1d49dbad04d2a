
package io.github.zimagefiji.host.dialog;

import java.io.File;

import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;

import org.scijava.plugin.Parameter;
import org.scijava.ui.UIService;
import org.scijava.widget.FileWidget;
import org.scijava.widget.WidgetModel;

/** The path of a file or folder, and a button to choose one. */
public final class FileField extends HostWidget<File, JTextField> {

	private static final int COLUMNS = 20;

	@Parameter
	private UIService ui;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isType(File.class);
	}

	@Override
	JTextField create() {
		final JTextField path = new JTextField(COLUMNS);
		path.getDocument().addDocumentListener(new TextChange(this::updateModel));
		return path;
	}

	@Override
	void addControl(final JPanel place) {
		final JButton browse = new JButton("Browse");
		browse.setName(get().getItem().getName() + " browse");
		browse.setToolTipText(get().getItem().getDescription());
		browse.addActionListener(e -> choose());
		place.add(control(), "split 2, growx");
		place.add(browse, "growx 0");
	}

	private void choose() {
		final String[] styles = { FileWidget.DIRECTORY_STYLE, FileWidget.SAVE_STYLE };
		String style = FileWidget.OPEN_STYLE;
		for (final String other : styles) {
			if (get().isStyle(other)) style = other;
		}
		final File chosen = ui.chooseFile(getValue(), style);
		if (chosen != null) control().setText(chosen.getAbsolutePath());
	}

	/** Nothing if the field is empty, as in Fiji. */
	@Override
	public File getValue() {
		return control().getText().isEmpty() ? null : new File(control().getText());
	}

	@Override
	void showValue() {
		if (!control().getText().equals(get().getText())) control().setText(get().getText());
	}
}
