package dev.clinicnet.simulator.wire;

/**
 * How far the login on a connection is. The connection may end while the platform still decides, so
 * each side learns here what has come first.
 */
final class LoginState {
  private boolean begun;
  private boolean open;
  private boolean ended;

  /** Begins a login; false if there is one already. */
  synchronized boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** The platform has refused the login, so the agent may try another. */
  synchronized void refused() {
    begun = false;
  }

  /** The platform has opened a session; false if the connection has ended before. */
  synchronized boolean opened() {
    open = true;
    return !ended;
  }

  /** The connection has ended; whether it had a session. */
  synchronized boolean ended() {
    ended = true;
    return open;
  }

  /** Whether there is a session. */
  synchronized boolean isOpen() {
    return open && !ended;
  }
}
