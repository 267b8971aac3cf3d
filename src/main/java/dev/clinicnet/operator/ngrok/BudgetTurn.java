package dev.clinicnet.operator.ngrok;

/** The permits of one pass. Used by one thread. */
final class BudgetTurn implements AutoCloseable {
  private final Budget budget;
  private final Party party;
  private Permit next;
  private boolean begun;

  BudgetTurn(Budget budget, Party party) {
    this.budget = budget;
    this.party = party;
  }

  /** Whose turn it is. */
  Party party() {
    return party;
  }

  /** Whether it has had a permit. */
  boolean hasBegun() {
    return begun;
  }

  /** Gets the permit for the next request, or ends with {@link Failure#WAITING}. */
  void await(Lane lane) {
    if (next == null) {
      next = acquire(lane);
    }
  }

  /** The permit for the next request, which the caller closes. */
  Permit take(Lane lane) {
    if (next == null) {
      return acquire(lane);
    }
    Permit permit = next;
    next = null;
    return permit;
  }

  private Permit acquire(Lane lane) {
    Permit permit = budget.acquire(lane, this);
    begun = true;
    return permit;
  }

  @Override
  public void close() {
    if (next != null) {
      budget.unused(next);
      next = null;
    }
    budget.ended(party);
  }
}
