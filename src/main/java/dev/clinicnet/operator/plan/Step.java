package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;

/**
 * One remote change. Its {@code toString} tells it to a person; two equal steps are one attempt.
 */
public sealed interface Step {

  /** The resource it changes. */
  Resource<?, ?, ?> resource();

  /** Its urgency. */
  Lane lane();

  /** Why it is planned. */
  Cause cause();

  /** Whether a name is free for others when it is done. */
  default boolean freesName() {
    return false;
  }

  /**
   * Creates an object.
   *
   * @param name what people call it
   * @param journaled whether the platform does not keep it unique, so that the intent must be
   *     written down before and the id after
   */
  record Create<T extends RemoteObject, C>(
      Resource<T, C, ?> resource, C body, String name, boolean journaled, Lane lane, Cause cause)
      implements Step {
    @Override
    public String toString() {
      return "create " + resource.path() + " " + name;
    }
  }

  /** Changes the non-null members of {@code changes}. */
  record Update<T extends RemoteObject, U>(
      Resource<T, ?, U> resource, String id, U changes, String name, Lane lane, Cause cause)
      implements Step {
    @Override
    public boolean freesName() {
      return changes instanceof Endpoint.Update update && update.url() != null;
    }

    @Override
    public String toString() {
      return "update " + resource.path() + " " + name;
    }
  }

  /** Deletes an object. */
  record Delete(Resource<?, ?, ?> resource, String id, String name, Cause cause) implements Step {

    /** What a manifest no longer asks for. */
    public Delete(Resource<?, ?, ?> resource, String id, String name) {
      this(resource, id, name, Cause.MANIFEST);
    }

    @Override
    public boolean freesName() {
      return true;
    }

    @Override
    public Lane lane() {
      return Lane.CLOSING;
    }

    @Override
    public String toString() {
      return "delete " + resource.path() + " " + name;
    }
  }

  /** Ends a connected agent's session. */
  record StopSession(String id) implements Step {
    @Override
    public Resource<?, ?, ?> resource() {
      return Resource.TUNNEL_SESSIONS;
    }

    @Override
    public Lane lane() {
      return Lane.CLOSING;
    }

    @Override
    public Cause cause() {
      return Cause.MANIFEST;
    }

    @Override
    public String toString() {
      return "stop tunnel_sessions " + id;
    }
  }
}
