package dev.clinicnet.operator.ngrok;

import java.util.List;
import java.util.Optional;

/**
 * One ngrok account, as the operator uses it. Every call takes its place in the account's request
 * budget by its {@link Lane} and may wait there. Every method throws {@link NgrokException}; an id
 * that is null, blank or not one element of a path is an {@link IllegalArgumentException}.
 */
public interface NgrokApi {
  /** How many objects the platform puts into one page of a list at most. */
  int PAGE = 100;

  /** All objects of a resource, over all pages, in no particular order. */
  <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane);

  /**
   * What the account itself is like. Empty if the platform does not say it, because no reference
   * documents this request.
   */
  default Optional<AccountSelf> self(Lane lane) {
    return Optional.empty();
  }

  /** Creates an object and returns it as the platform answered. */
  <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane);

  /** Changes the non-null members of {@code changes} and returns the object as answered. */
  <T extends RemoteObject, U extends Changes> T update(
      Resource<T, ?, U> resource, String id, U changes, Lane lane);

  /** Deletes an object. Success includes an object that is already absent. */
  void delete(Resource<?, ?, ?> resource, String id, Lane lane);

  /** Ends a connected agent's session. Success includes a session that is already absent. */
  void stopTunnelSession(String id, Lane lane);

  /**
   * Makes a connected agent log in again, so that it gets another session. Success includes an
   * agent that is already absent. Agents on Windows cannot do it (documented): that is {@link
   * Failure#INVALID}.
   */
  void restartTunnelSession(String id, Lane lane);

  /** Begins a turn: the requests of one pass over an object. The caller closes it. */
  default Turn turn(Party party) {
    return Turn.free(this, party);
  }

  /** An object has nothing to send, so it gives up its place in the budget, if it has one. */
  default void leave(Party party) {}

  /**
   * An object can send nothing before the account was listed. It keeps its place in the budget, if
   * it has one in this lane or in an earlier one.
   */
  default void rest(Party party, Lane lane) {}
}
