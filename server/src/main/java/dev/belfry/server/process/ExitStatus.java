package dev.belfry.server.process;

/** How a command ended, for scripts. The meanings are part of what the command line promises. */
public enum ExitStatus {
  OK(0, "all is well"),
  FAILED(1, "something failed that has no status of its own, or `doctor` found a problem"),
  USAGE(2, "the command line is wrong"),
  // 3 is Java's own: out of memory
  REFUSED(4, "what was asked for is not there or cannot be done"),
  IN_USE(5, "another process uses the data folder"),
  STORE(6, "the data folder cannot be used: corrupt, newer than this program, not writable, full"),
  PORT(7, "the address cannot be listened on"),
  NETWORK(8, "the network of the account refused or could not be reached");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
