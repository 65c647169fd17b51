package dev.belfry.http;

import dev.belfry.core.files.Assets;
import dev.belfry.model.Grant;
import dev.belfry.model.Upload;
import java.nio.file.Path;

/** Files that clients name by their paths on this machine (contract, "Decided for Belfry"). */
final class LocalPaths {
  private final Assets assets;
  private final boolean remoteAccess;

  /**
   * @param remoteAccess whether other machines can connect: then only uploads can be named
   */
  LocalPaths(Assets assets, boolean remoteAccess) {
    this.assets = assets;
    this.remoteAccess = remoteAccess;
  }

  /**
   * A picture.
   *
   * @throws dev.belfry.model.HubException that becomes 422
   */
  Path picture(Grant grant, String path) {
    return assets.picture(grant, path, remoteAccess).file();
  }

  /**
   * A picture, or any file that was uploaded.
   *
   * @throws dev.belfry.model.HubException that becomes 422
   */
  Upload attachment(Grant grant, String path) {
    return assets.attachment(grant, path, remoteAccess);
  }
}
