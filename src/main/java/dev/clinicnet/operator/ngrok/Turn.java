package dev.clinicnet.operator.ngrok;

/**
 * The requests of one pass over an object. Its object has one place in the budget, which it keeps
 * until it was served. Used by one thread, and closed at the end of the pass.
 */
public interface Turn extends AutoCloseable {

  /**
   * Makes sure that the next request of this turn can be sent at once. So nothing has to be written
   * down for a request that is not sent.
   *
   * @throws NgrokException {@link Failure#WAITING} when it is not the object's turn: it is called
   *     when it is
   */
  void await(Lane lane);

  /** Whose turn it is. */
  Party party();

  /** The account, for the requests of this turn. */
  NgrokApi api();

  @Override
  void close();

  /** A turn in an account without a budget. */
  static Turn free(NgrokApi api, Party party) {
    return new Turn() {
      @Override
      public void await(Lane lane) {}

      @Override
      public Party party() {
        return party;
      }

      @Override
      public NgrokApi api() {
        return api;
      }

      @Override
      public void close() {}
    };
  }
}
