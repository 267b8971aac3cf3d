package dev.clinicnet.operator.ngrok;

/** A place in the queue of a lane. {@link BudgetWindow} changes it. */
final class Ticket {
  private final Lane lane;
  private final Party party;
  private final long since;
  private boolean attended = true;
  private boolean called;
  private boolean rests;
  private int missed;

  Ticket(Lane lane, Party party, long since) {
    this.lane = lane;
    this.party = party;
    this.since = since;
  }

  /** The lane that it waits in. */
  Lane lane() {
    return lane;
  }

  /** Who waits. */
  Party party() {
    return party;
  }

  /** When it was given, in nanoseconds. */
  long since() {
    return since;
  }

  /** Whether a thread waits for it. Otherwise the object must be called. */
  boolean isAttended() {
    return attended;
  }

  void attend(boolean now) {
    attended = now;
  }

  /** Whether the object was called, and a permit is kept for it. */
  boolean isCalled() {
    return called;
  }

  void call(boolean now) {
    called = now;
  }

  /** Whether its object could do nothing if it was called now. */
  boolean rests() {
    return rests;
  }

  void rest(boolean now) {
    rests = now;
  }

  /** The object did not come when it was called; returns how often this has happened. */
  int miss() {
    called = false;
    return ++missed;
  }
}
