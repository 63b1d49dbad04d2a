
package io.github.zimagefiji.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person does in ImageJ, which runs as a process of its own with real windows. On the way it
 * takes the pictures of the documentation; {@code docs/text-to-image.md} says how to renew them.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("process")
@Tag("window")
class WindowsTest {

	private static VirtualDisplay display;

	@TempDir
	Path home;

	@BeforeAll
	static void startDisplay() {
		display = VirtualDisplay.start();
	}

	@AfterAll
	static void stopDisplay() {
		if (display != null) display.close();
	}

	@Test
	void aPersonMakesAnImageWithTheDialogAndTheRecordersLineMakesItAgain()
		throws IOException, InterruptedException
	{
		HostProcess.on(display, home).play(DialogScenario.class);
	}

	@Test
	void anImageIsMadeAgainAlsoAfterItWasSavedAndReopened() throws IOException, InterruptedException {
		HostProcess.on(display, home).play(MakeAgainScenario.class);
	}

	@Test
	void aModelIsDownloadedAfterItsLicenseWasAcceptedAndRemovedAfterAQuestion()
		throws IOException, InterruptedException
	{
		HostProcess.on(display, home).play(ModelsScenario.class);
	}

	@Test
	void aRunIsStoppedByTheProgressWindowAndByTheEscapeKey()
		throws IOException, InterruptedException
	{
		HostProcess.on(display, home).play(CancelScenario.class);
	}

	@Test
	void everyDialogThatStartsFromAnImageIsWholeAndMakesOne()
		throws IOException, InterruptedException
	{
		HostProcess.on(display, home).play(PictureDialogsScenario.class);
	}

	@Test
	void aDatasetIsMadeWithTheDialogAndGoneOnWith() throws IOException, InterruptedException {
		HostProcess.on(display, home).play(DatasetScenario.class);
	}

	@Test
	void dialogsThatMarkWrongValuesThemselvesSayWhatIsWrongToo()
		throws IOException, InterruptedException
	{
		HostProcess.on(display, home).validating().play(DialogScenario.class);
	}

	@Test
	void whatADialogDidNotSayIsInTheLogAndNoConsoleOpens() throws IOException, InterruptedException {
		HostProcess.on(display, home).play(CautionScenario.class);
	}

	@Test
	void reportsAndTablesAreInWindowsOfTheirOwn() throws IOException, InterruptedException {
		HostProcess.on(display, home).play(ReportsScenario.class);
	}
}
