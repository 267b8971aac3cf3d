package dev.clinicnet.operator.ngrok;

import java.util.List;

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
}
