package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.policy.ContentHash;
import java.util.List;

/** One change. Its {@code toString} is for people. Two equal steps are one attempt. */
public sealed interface Step {

  /** A change at the platform. */
  sealed interface Remote extends Step {
    /** The resource that it changes. */
    Resource<?, ?, ?> resource();
  }

  /**
   * A change of an object in Kubernetes. The {@link Journal} has the content to write, because it
   * may be secret.
   *
   * @param kind the kind of the object
   * @param name its name
   */
  record Write(String kind, String name) implements Step {
    @Override
    public Lane lane() {
      return Lane.CHANGE;
    }

    @Override
    public Cause cause() {
      return Cause.MANIFEST;
    }

    @Override
    public String toString() {
      return "write " + kind + " " + name;
    }
  }

  /** Whether it changes objects of this resource. */
  default boolean isOn(Resource<?, ?, ?> resource) {
    return this instanceof Remote remote && remote.resource().equals(resource);
  }

  /** Its urgency. */
  Lane lane();

  /** The cause of the step. */
  Cause cause();

  /** The changes by others that this step corrects; empty otherwise. */
  default List<Drift> drift() {
    return List.of();
  }

  /** The same change with another urgency, if its urgency can vary. */
  default Step in(Lane lane) {
    return this;
  }

  /** The same change as one that takes access away, which nothing holds back. */
  default Step closing() {
    return this;
  }

  /** Whether a name is free for others when it is done. */
  default boolean freesName() {
    return false;
  }

  private static Cause causeOf(List<Drift> drift) {
    return drift.isEmpty() ? Cause.MANIFEST : Cause.DRIFT;
  }

  /**
   * Creates what the manifest asks for, or a replacement if {@code drift} says what was lost.
   *
   * @param name its name for people
   */
  record Create<T extends RemoteObject, C>(
      Resource<T, C, ?> resource, C body, String name, Lane lane, List<Drift> drift)
      implements Remote {

    public Create {
      drift = List.copyOf(drift);
    }

    @Override
    public Cause cause() {
      return causeOf(drift);
    }

    @Override
    public Step in(Lane other) {
      return new Create<>(resource, body, name, other, drift);
    }

    @Override
    public String toString() {
      return "create " + resource.path() + " " + name;
    }
  }

  /** Changes the non-null members of {@code changes}. */
  record Update<T extends RemoteObject, U extends Changes>(
      Resource<T, ?, U> resource,
      String id,
      U changes,
      String name,
      Lane lane,
      Cause cause,
      List<Drift> drift)
      implements Remote {

    public Update {
      drift = List.copyOf(drift);
    }

    /** A change that the manifest asks for, or a correction if {@code drift} says what differs. */
    public Update(
        Resource<T, ?, U> resource,
        String id,
        U changes,
        String name,
        Lane lane,
        List<Drift> drift) {
      this(resource, id, changes, name, lane, causeOf(drift), drift);
    }

    /** A change without drift. */
    public Update(
        Resource<T, ?, U> resource, String id, U changes, String name, Lane lane, Cause cause) {
      this(resource, id, changes, name, lane, cause, List.of());
    }

    /** Writes another mark on an object, and changes nothing else. */
    public static <T extends RemoteObject, U extends Changes> Step mark(
        Resource<T, ?, U> resource, RemoteObject row, Mark mark, Lane lane) {
      U changes = resource.remark().apply(mark.text());
      return new Update<>(resource, row.id(), changes, row.displayName(), lane, Cause.MANIFEST);
    }

    @Override
    public Step in(Lane other) {
      return new Update<>(resource, id, changes, name, other, cause, drift);
    }

    @Override
    public Step closing() {
      return new Update<>(resource, id, changes, name, Lane.CLOSING, Cause.CLOSING, drift);
    }

    @Override
    public boolean freesName() {
      boolean retires = Mark.parse(changes.metadata()).filter(mark -> !mark.isActive()).isPresent();
      return changes.freesName() || (resource.is(Resource.Trait.KEPT) && retires);
    }

    @Override
    public String toString() {
      return "update " + resource.path() + " " + name;
    }
  }

  /** Deletes an object. */
  record Delete(Resource<?, ?, ?> resource, String id, String name, Cause cause, Lane lane)
      implements Remote {

    /** A deletion that takes access away at once. */
    public Delete(Resource<?, ?, ?> resource, String id, String name, Cause cause) {
      this(resource, id, name, cause, Lane.CLOSING);
    }

    /** The deletion of an object that a manifest no longer asks for. */
    public Delete(Resource<?, ?, ?> resource, String id, String name) {
      this(resource, id, name, Cause.MANIFEST);
    }

    @Override
    public Step closing() {
      return new Delete(resource, id, name, Cause.CLOSING);
    }

    @Override
    public Step in(Lane other) {
      return new Delete(resource, id, name, cause, other);
    }

    @Override
    public boolean freesName() {
      return true;
    }

    @Override
    public String toString() {
      return "delete " + resource.path() + " " + name;
    }
  }

  /** A change at an agent, through its own API. */
  sealed interface AgentStep extends Remote {
    /** The agent. */
    AgentTarget agent();

    /** The internal URL of the endpoint. */
    String url();

    @Override
    default Resource<?, ?, ?> resource() {
      return Resource.ENDPOINTS;
    }

    @Override
    default Lane lane() {
      return cause() == Cause.CLOSING ? Lane.CLOSING : Lane.CHANGE;
    }
  }

  /**
   * Makes an agent bind an internal endpoint that its file does not have.
   *
   * @param name its name at the agent
   * @param upstreamProtocol null for the agent's default
   */
  record StartAgentEndpoint(
      AgentTarget agent, String name, String url, String upstreamURL, String upstreamProtocol)
      implements AgentStep {

    /** A text that distinguishes this endpoint from an earlier one with the same name. */
    public String fingerprint() {
      return ContentHash.of(url + " " + upstreamURL + " " + upstreamProtocol);
    }

    @Override
    public Cause cause() {
      return Cause.MANIFEST;
    }

    @Override
    public String toString() {
      return "start " + url + " at the agent";
    }
  }

  /** Makes an agent stop an internal endpoint that it was asked to bind. */
  record StopAgentEndpoint(AgentTarget agent, String name, String url, Cause cause)
      implements AgentStep {
    @Override
    public String toString() {
      return "stop " + url + " at the agent";
    }
  }

  /** Ends a connected agent's session. */
  record StopSession(String id, Cause cause, Lane lane) implements Remote {

    /** A session that ends at once. */
    public StopSession(String id, Cause cause) {
      this(id, cause, Lane.CLOSING);
    }

    /** A session that ends with its credential. */
    public StopSession(String id) {
      this(id, Cause.MANIFEST);
    }

    @Override
    public Resource<?, ?, ?> resource() {
      return Resource.TUNNEL_SESSIONS;
    }

    @Override
    public Step in(Lane other) {
      return new StopSession(id, cause, other);
    }

    @Override
    public String toString() {
      return "stop tunnel_sessions " + id;
    }
  }

  /** Makes a connected agent log in again. */
  record RestartSession(String id) implements Remote {
    @Override
    public Resource<?, ?, ?> resource() {
      return Resource.TUNNEL_SESSIONS;
    }

    @Override
    public Lane lane() {
      return Lane.CHANGE;
    }

    @Override
    public Cause cause() {
      return Cause.MANIFEST;
    }

    @Override
    public String toString() {
      return "restart tunnel_sessions " + id;
    }
  }
}
