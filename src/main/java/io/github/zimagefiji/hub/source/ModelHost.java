
package io.github.zimagefiji.hub.source;

import java.net.URI;
import java.util.Optional;

/** The sites that models are published on. */
public enum ModelHost {

		/** huggingface.co, and mirrors that speak like it. */
		HUGGING_FACE("huggingface", "Hugging Face", "https://huggingface.co", "main", "HF_TOKEN"),
		/** modelscope.cn. */
		MODELSCOPE("modelscope", "ModelScope", "https://www.modelscope.cn", "master",
			"MODELSCOPE_API_TOKEN"),
		/**
		 * publish.djl.ai, which has no models, but native libraries for the computing engine; it is
		 * open to everybody.
		 */
		DJL("djl", "DJL's site", "https://publish.djl.ai", "main", null);

	private final String id;
	private final String title;
	private final URI endpoint;
	private final String revision;
	private final String tokenVariable;

	ModelHost(final String id, final String title, final String endpoint, final String revision,
		final String tokenVariable)
	{
		this.id = id;
		this.title = title;
		this.endpoint = URI.create(endpoint);
		this.revision = revision;
		this.tokenVariable = tokenVariable;
	}

	/** What files of this program call it. */
	public String id() {
		return id;
	}

	/** What people call it. */
	public String title() {
		return title;
	}

	/** The site's own address. */
	public URI endpoint() {
		return endpoint;
	}

	/** The branch that is meant if none is named. */
	public String defaultRevision() {
		return revision;
	}

	/**
	 * The environment variable that holds the user's token, as the site's own programs call it; null
	 * if it needs none.
	 */
	public String tokenVariable() {
		return tokenVariable;
	}

	/** Finds a host of models by its {@link #id}. */
	public static Optional<ModelHost> named(final String id) {
		for (final ModelHost each : values()) {
			if (each != DJL && each.id.equals(id)) return Optional.of(each);
		}
		return Optional.empty();
	}
}
