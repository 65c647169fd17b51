package dev.belfry.http;

/** What an endpoint answers when all went well. */
public sealed interface Answer {
  /**
   * 200.
   *
   * @param body JSON in UTF-8
   */
  record Json(byte[] body) implements Answer {}

  /** 204: done, and there is nothing to say. */
  record Nothing() implements Answer {}

  /** The one instance needed. */
  Answer NOTHING = new Nothing();
}
