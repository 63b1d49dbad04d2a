
package io.github.zimagefiji.hub;

import java.util.Map;
import java.util.Optional;

/**
 * A person's tokens for models that are not open to everybody. They are sent to
 * the host itself and to nobody else.
 */
@FunctionalInterface
public interface Tokens {

	/** No tokens. */
	Tokens NONE = host -> Optional.empty();

	/** The token for a host, if there is one. */
	Optional<String> tokenFor(ModelHost host);

	/** The tokens in the environment, by {@link ModelHost#tokenVariable()}. */
	static Tokens fromEnvironment() {
		return from(System.getenv());
	}

	/** The tokens among variables. */
	static Tokens from(final Map<String, String> variables) {
		return host -> Optional.ofNullable(host.tokenVariable()).map(variables::get)
			.map(String::strip).filter(token -> !token.isEmpty());
	}
}
