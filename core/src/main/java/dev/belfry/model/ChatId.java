package dev.belfry.model;

/**
 * A chat on this installation: the number behind {@code localChatID}. The canonical text id is
 * {@link Chat#canonicalId}.
 *
 * @param value positive, never given to another chat again
 */
public record ChatId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
