package dev.belfry.sandbox;

/** One client's link to the simulated network. Guarded by the network's lock. */
final class Connection {
  /** How it stands. */
  enum State {
    UP,
    /** It broke. */
    CUT,
    /** The network has ended the login. */
    LOGGED_OUT,
    /** The client has closed it. */
    CLOSED
  }

  private State state = State.UP;
  private int end = Integer.MAX_VALUE;

  State state() {
    return state;
  }

  /** Entries of the journal from here on do not come through any more. */
  int end() {
    return end;
  }

  void end(State how, int entries) {
    if (state == State.UP) {
      state = how;
      end = entries;
    }
  }
}
