
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.swing.JButton;
import javax.swing.JComboBox;

import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import io.github.zimagefiji.hub.store.ModelsFolder;
import io.github.zimagefiji.hub.store.Shelf;

/**
 * A person is told size and license, says no and then yes, and later removes what came.
 */
public final class ModelsScenario implements Scenario {

	/**
	 * This ImageJ has all our entries in one menu; in Fiji they are in Plugins>Z-Image>Models.
	 */
	private static final String MENU = "Plugins>Z-Image>";

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		try (Shelf shelf = new Shelf(folder)) {
			System.setProperty(ModelsFolder.PROPERTY, shelf.models().toString());
			final Recorder recorder = new Recorder();
			listsModels(person, shelf);
			downloads(person, shelf, "Cancel");
			assertEquals(List.of(), shelf.host().asked());
			downloads(person, shelf, "OK");
			person.await("the model", () -> Files.isDirectory(shelf.model()));
			person.await("the recorder's line", () -> recorder.getText().contains("accept_license=true"));
			assertTrue(
				recorder.getText().contains("run(\"Download Model...\", \"model=[" + Shelf.NAME + "]"),
				recorder.getText());
			recorder.close();
			removes(person, shelf);
		}
	}

	private static void listsModels(final Person person, final Shelf shelf) throws Exception {
		person.choose(MENU + "List Models...");
		final Window dialog = person.window("List Models");
		person.click(person.find(dialog, JButton.class, "ok"));
		final TextWindow window = person.window("Models to Download", TextWindow.class);
		// ImageJ shows the window before it fills it.
		person.await("the table of models",
			() -> window.getResultsTable() != null && window.getResultsTable().size() > 0);
		final ResultsTable table = window.getResultsTable();
		assertEquals("name", table.getColumnHeading(0));
		assertEquals(Shelf.NAME, table.getStringValue("name", 0));
		new Screenshots(person).take(window, "list-models");
		person.close(window);
		person.close((Frame) person.window("Models"));
	}

	private static void downloads(final Person person, final Shelf shelf, final String answer)
		throws Exception
	{
		person.choose(MENU + "Download Model...");
		final Window dialog = person.window("Download Model");
		final JComboBox<?> model = person.find(dialog, JComboBox.class, "model");
		assertEquals(Shelf.NAME, String.valueOf(model.getSelectedItem()),
			"the person's own catalogue comes first");
		final String notice = person.said(dialog, "notice");
		assertTrue(notice.contains("License: CC0-1.0."), notice);
		assertFalse(Person.all(dialog).anyMatch(each -> "accept_license".equals(each.getName())),
			"nobody can accept unasked");
		Layout.assertFits(dialog);
		new Screenshots(person).take(dialog, "download-model-dialog");
		person.click(person.find(dialog, JButton.class, "ok"));
		final String question = person.answer(answer);
		assertTrue(question.contains(" MB in ") && question.contains("license apache-2.0") &&
			question.contains("owner/tiny on 127.0.0.1") && question.contains(shelf.models().toString()),
			question);
	}

	private static void removes(final Person person, final Shelf shelf) throws Exception {
		person.choose(MENU + "Remove Model...");
		final Window dialog = person.window("Remove Model");
		assertEquals(Shelf.NAME,
			String.valueOf(person.find(dialog, JComboBox.class, "model").getSelectedItem()));
		person.click(person.find(dialog, JButton.class, "ok"));
		final String question = person.answer("OK");
		assertTrue(
			question.contains("Remove " + Shelf.NAME) && question.contains(shelf.model().toString()),
			question);
		person.await("the model to go", () -> !Files.exists(shelf.model()));
	}
}
