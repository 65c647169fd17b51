package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Upload;
import dev.belfry.model.UploadUse;
import dev.belfry.store.Tx;

/** Files that clients brought, as sends and drafts find them. */
final class Uploads {
  private Uploads() {}

  /** The upload that {@code use} names; a limited token finds only its own. */
  static Upload require(Tx tx, Grant grant, UploadUse use) {
    return tx.uploads()
        .find(use.uploadID())
        .filter(upload -> upload.expires().isAfter(tx.now()))
        .orElseThrow(() ->
            HubException.unprocessable(
                "UPLOAD_NOT_FOUND",
                "No upload with this uploadID was found; uploads go after a day"));
  }
}
