package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.policy.ContentHash;
import java.util.List;

/** One change. Its {@code toString} tells it to a person; two equal steps are one attempt. */
public sealed interface Step {

  /** A change at the platform. */
  sealed interface Remote extends Step {
    /** The resource it changes. */
    Resource<?, ?, ?> resource();
  }

  /**
   * A change of an object in Kubernetes. What is to be written is with the {@link Journal}, since
   * it may be secret.
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

  /** Why it is planned. */
  Cause cause();

  /** What somebody else changed that this puts right; empty otherwise. */
  default List<Drift> drift() {
    return List.of();
  }

  /** The same change with another urgency, where it has one of its own. */
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
   * Creates what the manifest asks for; or, where {@code drift} says what was lost, a replacement.
   *
   * @param name what people call it
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

    /** What the manifest asks for; or, where {@code drift} says what differs, a correction. */
    public Update(
        Resource<T, ?, U> resource,
        String id,
        U changes,
        String name,
        Lane lane,
        List<Drift> drift) {
      this(resource, id, changes, name, lane, causeOf(drift), drift);
    }

    /** Without drift. */
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
  record Delete(Resource<?, ?, ?> resource, String id, String name, Cause cause) implements Remote {

    /** What a manifest no longer asks for. */
    public Delete(Resource<?, ?, ?> resource, String id, String name) {
      this(resource, id, name, Cause.MANIFEST);
    }

    @Override
    public Step closing() {
      return new Delete(resource, id, name, Cause.CLOSING);
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

  /** A change at an agent, asked of the agent itself. */
  sealed interface AgentStep extends Remote {
    /** Which agent. */
    AgentTarget agent();

    /** The internal URL that the endpoint has. */
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
   * Has an agent bind an internal endpoint that its file does not have.
   *
   * @param name what the agent calls it
   * @param upstreamProtocol null for the agent's default
   */
  record StartAgentEndpoint(
      AgentTarget agent, String name, String url, String upstreamURL, String upstreamProtocol)
      implements AgentStep {

    /** Tells what is to be bound from what was bound before under the same name. */
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

  /** Has an agent let go of an internal endpoint that it was asked to bind. */
  record StopAgentEndpoint(AgentTarget agent, String name, String url, Cause cause)
      implements AgentStep {
    @Override
    public String toString() {
      return "stop " + url + " at the agent";
    }
  }

  /** Ends a connected agent's session. */
  record StopSession(String id, Cause cause) implements Remote {

    /** One that goes with its credential. */
    public StopSession(String id) {
      this(id, Cause.MANIFEST);
    }

    @Override
    public Resource<?, ?, ?> resource() {
      return Resource.TUNNEL_SESSIONS;
    }

    @Override
    public Lane lane() {
      return Lane.CLOSING;
    }

    @Override
    public String toString() {
      return "stop tunnel_sessions " + id;
    }
  }

  /** Has a connected agent log in anew. */
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
