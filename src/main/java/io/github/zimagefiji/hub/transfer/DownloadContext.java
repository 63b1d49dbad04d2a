
package io.github.zimagefiji.hub.transfer;

import io.github.zimagefiji.hub.source.HttpErrors;
import io.github.zimagefiji.hub.source.StallWatch;
import io.github.zimagefiji.hub.source.Web;
import io.github.zimagefiji.hub.store.ByteProgress;

/**
 * What the files of one download share.
 *
 * @param title of the repository, for messages
 * @param web asks its host
 * @param answers understands the host's refusals
 * @param watch closes connections that died
 * @param meter counts bytes
 */
record DownloadContext(String title, Web web, HttpErrors answers, StallWatch watch,
		ByteProgress meter)
{}
