
package io.github.zimagefiji.hub.source;

import java.util.Map;
import java.util.Optional;

/**
 * The user's tokens for models that are not open to everybody. They are sent to the host that gave
 * them and to nobody else, and not before the license is accepted.
 */
@FunctionalInterface
public interface Tokens {

	/** No tokens. */
	Tokens NONE = host -> Optional.empty();

	/** The token for a host, if there is one. */
	Optional<String> tokenFor(ModelHost host);

	/**
	 * The token for asking about a repository: none where a mirror, or whatever else an option or a
	 * catalogue names, stands for the host.
	 */
	default Optional<String> tokenFor(final Repository repository) {
		return repository.isOnHostItself() ? tokenFor(repository.host()) : Optional.empty();
	}

	/** The tokens in the environment, by {@link ModelHost#tokenVariable()}. */
	static Tokens fromEnvironment() {
		return from(System.getenv());
	}

	/** The tokens among variables. */
	static Tokens from(final Map<String, String> variables) {
		return host -> Optional.ofNullable(host.tokenVariable()).map(variables::get).map(String::strip)
			.filter(token -> !token.isEmpty());
	}
}
