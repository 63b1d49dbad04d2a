
package io.github.zimagefiji.command.models;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.widget.TextWidget;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.service.PreferredTokens;

/**
 * Keeps a token for models that are not open to everybody. It is never recorded, and no macro can
 * give it: macros are passed on.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Access Token...", weight = 38) },
	attrs = @Attr(name = MacroRecorder.NOT_BY_FIJI))
public class AccessToken extends MenuCommand {

	@Parameter(label = "Host", choices = { "huggingface", "modelscope" }, persist = false,
		attrs = @Attr(name = MacroKeys.DIALOG_ONLY), description = "Whose token it is.")
	private String host = ModelHost.HUGGING_FACE.id();

	@Parameter(label = "Token", style = TextWidget.PASSWORD_STYLE, required = false, persist = false,
		attrs = @Attr(name = MacroKeys.DIALOG_ONLY),
		description = "Kept in this user's preferences until an empty one takes its place. The variables HF_TOKEN and " +
			"MODELSCOPE_API_TOKEN come before it.")
	private String token = "";

	@Parameter
	private PrefService prefs;

	@Override
	protected void work() {
		new PreferredTokens(prefs).keep(ModelHost.named(host), token == null ? "" : token);
		// Whatever looks at the command afterwards must not find it.
		token = "";
	}
}
