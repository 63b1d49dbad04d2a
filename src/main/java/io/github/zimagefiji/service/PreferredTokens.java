
package io.github.zimagefiji.service;

import java.util.Optional;

import org.scijava.prefs.PrefService;

import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Tokens;

/**
 * Tokens for models that are not open to everybody: those of the environment, else those that the
 * user has put into SciJava's preferences. They are kept there as they are, readable for whoever
 * can read that user's files.
 */
public final class PreferredTokens implements Tokens {

	private static final String KEY = "token_";

	private final Tokens first;
	private final PrefService prefs;

	/** The tokens of the environment come first. */
	public PreferredTokens(final PrefService prefs) {
		this(Tokens.fromEnvironment(), prefs);
	}

	PreferredTokens(final Tokens first, final PrefService prefs) {
		this.first = first;
		this.prefs = prefs;
	}

	@Override
	public Optional<String> tokenFor(final ModelHost host) {
		return first.tokenFor(host)
			.or(() -> Optional.ofNullable(prefs.get(PreferredTokens.class, KEY + host.id()))
				.filter(token -> !token.isBlank()));
	}

	/**
	 * Keeps a token for the next downloads; a blank one removes what was kept.
	 */
	public void keep(final ModelHost host, final String token) {
		if (token.isBlank()) prefs.remove(PreferredTokens.class, KEY + host.id());
		else prefs.put(PreferredTokens.class, KEY + host.id(), token.strip());
	}
}
