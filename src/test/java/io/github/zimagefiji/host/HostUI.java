
package io.github.zimagefiji.host;

import java.io.File;

import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JOptionPane;

import org.scijava.display.Display;
import org.scijava.ui.AbstractUserInterface;
import org.scijava.ui.DialogPrompt;
import org.scijava.ui.DialogPrompt.MessageType;
import org.scijava.ui.DialogPrompt.OptionType;
import org.scijava.ui.DialogPrompt.Result;
import org.scijava.ui.StatusBar;
import org.scijava.ui.viewer.DisplayWindow;
import org.scijava.widget.FileWidget;
import org.scijava.widget.WidgetStyle;

import ij.IJ;
import ij.io.DirectoryChooser;
import ij.io.OpenDialog;
import ij.io.SaveDialog;

/**
 * SciJava's user interface on ImageJ's windows: its status bar, its messages, its file dialogs.
 */
public final class HostUI extends AbstractUserInterface {

	/** The name by which the dialogs find it. */
	public static final String NAME = "host";

	/**
	 * System property: whether dialogs mark wrong values and keep OK from being pressed, as with
	 * scijava-ui-swing 1.0.4.
	 */
	public static final String VALIDATES = "zimage.host.validates";

	/** The title of messages. */
	static final String MESSAGE = "Z-Image";

	private final StatusBar status = new StatusBar() {

		@Override
		public void setStatus(final String message) {
			IJ.showStatus(message);
		}

		@Override
		public void setProgress(final int value, final int maximum) {
			IJ.showProgress(value, maximum);
		}
	};

	/** Kept here, because SciJava holds its listeners weakly. */
	private TaskWindow tasks;

	@Override
	protected void createUI() {
		super.createUI();
		// a virtual display has no window manager that would draw titles
		JDialog.setDefaultLookAndFeelDecorated(true);
		JFrame.setDefaultLookAndFeelDecorated(true);
		tasks = new TaskWindow(getContext());
	}

	@Override
	public StatusBar getStatusBar() {
		return status;
	}

	@Override
	public DialogPrompt dialogPrompt(final String message, final String title, final MessageType type,
		final OptionType options)
	{
		return () -> {
			// for whoever reads the log of a scenario that failed
			System.out.println("Message: " + message);
			// as imagej-legacy does: lines as they are, and never Yes and No
			final int buttons = options == OptionType.DEFAULT_OPTION ? JOptionPane.DEFAULT_OPTION
				: JOptionPane.OK_CANCEL_OPTION;
			final int answer =
				JOptionPane.showConfirmDialog(null, message, MESSAGE, buttons, JOptionPane.PLAIN_MESSAGE);
			if (answer != JOptionPane.OK_OPTION) return Result.CANCEL_OPTION;
			return options == OptionType.YES_NO_OPTION || options == OptionType.YES_NO_CANCEL_OPTION
				? Result.YES_OPTION : Result.OK_OPTION;
		};
	}

	@Override
	public File chooseFile(final String title, final File file, final String style) {
		if (WidgetStyle.isStyle(style, FileWidget.DIRECTORY_STYLE)) {
			if (file != null) DirectoryChooser.setDefaultDirectory(file.getPath());
			final String folder = new DirectoryChooser(title).getDirectory();
			return folder == null ? null : new File(folder);
		}
		final String folder = file == null ? null : file.getParent();
		final String name = file == null ? null : file.getName();
		if (WidgetStyle.isStyle(style, FileWidget.SAVE_STYLE)) {
			final SaveDialog save = new SaveDialog(title, folder, name, null);
			return save.getFileName() == null ? null : new File(save.getDirectory(), save.getFileName());
		}
		final OpenDialog open = new OpenDialog(title, folder, name);
		return open.getFileName() == null ? null : new File(open.getDirectory(), open.getFileName());
	}

	@Override
	public DisplayWindow createDisplayWindow(final Display<?> display) {
		throw new UnsupportedOperationException("Only images have windows here: " + display);
	}

	@Override
	public void showContextMenu(final String root, final Display<?> display, final int x,
		final int y)
	{
		throw new UnsupportedOperationException("There are no context menus here.");
	}

	@Override
	public boolean requiresEDT() {
		return true;
	}

	@Override
	public void dispose() {
		// ImageJ's own windows close with ImageJ
	}
}
