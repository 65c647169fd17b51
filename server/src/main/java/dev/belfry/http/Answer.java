package dev.belfry.http;

/** What an endpoint answers when all went well. */
public sealed interface Answer {
  /**
   * 200.
   *
   * @param value a wire record, or a list or page of such
   */
  record Json(Object value) implements Answer {}

  /** 204: done, and there is nothing to say. */
  record Nothing() implements Answer {}

  /** The one instance needed. */
  Answer NOTHING = new Nothing();
}
