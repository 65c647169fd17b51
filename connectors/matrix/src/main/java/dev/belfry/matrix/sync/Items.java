package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;

/** What a homeserver sends, item by item. */
final class Items {
  private static final System.Logger LOG = System.getLogger(Items.class.getName());

  private Items() {}

  /**
   * Does something with one item of a homeserver's; what goes wrong costs that item only. Its
   * content stays out of the log.
   */
  static void guard(String where, Json item, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "an item of type {0} in {1} cannot be read: {2}",
          item.text("type"),
          where,
          e.getClass().getName());
    }
  }
}
