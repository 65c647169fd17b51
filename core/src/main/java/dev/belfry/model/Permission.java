package dev.belfry.model;

/**
 * What somebody may be allowed to do. Today a token holds whole scopes; who wants finer grants
 * gives them these.
 */
public enum Permission {
  /** To look: at chats, messages, people, files and what happens to them. */
  READ(Grant.Scope.READ),
  SEND_MESSAGE(Grant.Scope.WRITE),
  EDIT_MESSAGE(Grant.Scope.WRITE),
  DELETE_MESSAGE(Grant.Scope.WRITE),
  REACT(Grant.Scope.WRITE),
  /** To move read markers and flags. */
  MARK(Grant.Scope.WRITE),
  /** To name, sort and configure a chat, and to draft in it. */
  CHANGE_CHAT(Grant.Scope.WRITE),
  REMIND(Grant.Scope.WRITE),
  SHOW_TYPING(Grant.Scope.WRITE),
  OPEN_CHAT(Grant.Scope.WRITE),
  UPLOAD(Grant.Scope.WRITE);

  private final Grant.Scope scope;

  Permission(Grant.Scope scope) {
    this.scope = scope;
  }

  /** The scope that includes it. */
  public Grant.Scope scope() {
    return scope;
  }
}
