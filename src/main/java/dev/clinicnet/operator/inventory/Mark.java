package dev.clinicnet.operator.inventory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.config.JsonBuffers;
import dev.clinicnet.operator.config.Known;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.ngrok.RemoteObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Our ownership note, kept in the {@code metadata} of every remote object that we create. Instance,
 * kind, namespace and name identify the owner. The uid is for information only.
 *
 * @param managedBy always {@value #MANAGED_BY}
 * @param kind null on a shared domain and the vault, which belong to the instance alone, as are the
 *     next three
 * @param clinic the name of the Clinic, in the same namespace, that the object serves
 * @param nonce set on objects that have no unique name at the platform; null elsewhere
 * @param state {@code retained} when the object was left on purpose; null otherwise
 * @param retiredAt when the owner was deleted, RFC 3339; null while the object is in use
 * @param version which version of its source a vault secret holds; null elsewhere
 * @param adopted true when the object existed before and must not be deleted; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "managedBy",
  "instance",
  "kind",
  "namespace",
  "name",
  "uid",
  "clinic",
  "nonce",
  "state",
  "retiredAt",
  "version",
  "adopted"
})
public record Mark(
    String managedBy,
    String instance,
    String kind,
    String namespace,
    String name,
    String uid,
    String clinic,
    String nonce,
    String state,
    String retiredAt,
    String version,
    Boolean adopted) {

  static final String MANAGED_BY = "clinic-operator";
  private static final String RETAINED = "retained";
  private static final JsonMapper JSON = new JsonMapper(JsonBuffers.factory());

  private static final Known<Optional<Mark>> KNOWN = new Known<>(Mark::read);

  /** The mark of an object that belongs to one manifest. */
  public static Mark of(String instance, Owner owner, String uid, String clinic) {
    return new Mark(
        MANAGED_BY,
        instance,
        owner.kind(),
        owner.namespace(),
        owner.name(),
        uid,
        clinic,
        null,
        null,
        null,
        null,
        null);
  }

  /** The mark of objects that belong to the instance: shared domains and the vault. */
  public static Mark shared(String instance) {
    return new Mark(
        MANAGED_BY, instance, null, null, null, null, null, null, null, null, null, null);
  }

  /** Reads a mark; empty for metadata that is not a mark. */
  public static Optional<Mark> parse(String metadata) {
    return metadata == null || !metadata.startsWith("{") ? Optional.empty() : KNOWN.of(metadata);
  }

  private static Optional<Mark> read(String metadata) {
    try {
      Mark mark = JSON.readValue(metadata, Mark.class);
      return MANAGED_BY.equals(mark.managedBy) && mark.instance != null
          ? Optional.of(mark)
          : Optional.empty();
    } catch (JsonProcessingException foreign) {
      return Optional.empty();
    }
  }

  /** The mark that an object carries. */
  public static Optional<Mark> on(RemoteObject row) {
    return parse(row.markText());
  }

  /** The metadata text that carries this mark. */
  public String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a mark is plain text", e);
    }
  }

  /** The manifest that the object belongs to; empty on a shared domain and the vault. */
  public Optional<Owner> owner() {
    return kind == null || namespace == null || name == null
        ? Optional.empty()
        : Optional.of(new Owner(kind, namespace, name));
  }

  /** Whether the object belongs to this manifest of this instance. */
  public boolean isOf(String instance, Owner owner) {
    return this.instance.equals(instance) && owner().filter(owner::equals).isPresent();
  }

  /** Whether the object belongs to this instance, and not to one manifest. */
  public boolean isShared(String instance) {
    return this.instance.equals(instance) && owner().isEmpty();
  }

  /** Whether the object is in use: neither retired nor retained. */
  @JsonIgnore
  public boolean isActive() {
    return retiredAt == null && state == null;
  }

  /** Whether the object was left on purpose when its owner was deleted. */
  @JsonIgnore
  public boolean isRetained() {
    return RETAINED.equals(state);
  }

  /** Whether the object existed before, so that it stays when its owner is deleted. */
  public boolean wasAdopted() {
    return Boolean.TRUE.equals(adopted);
  }

  /**
   * The end of the undo window of a retired object; empty when the object is in use, and when the
   * mark does not say when it was retired.
   */
  public Optional<Instant> keptUntil(Duration undoWindow) {
    try {
      return Optional.ofNullable(retiredAt).map(Timestamps::of).map(at -> at.plus(undoWindow));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** The same mark of another installation, which takes the object over. */
  public Mark ofInstance(String other) {
    return new Mark(
        managedBy, other, kind, namespace, name, uid, clinic, nonce, state, retiredAt, version,
        adopted);
  }

  /** The same mark with a nonce. */
  public Mark withNonce(String other) {
    return with(other, state, retiredAt, version, adopted);
  }

  /** The same mark, on a vault secret that holds this version of its source. */
  public Mark withVersion(String other) {
    return with(nonce, state, retiredAt, other, adopted);
  }

  /** The same mark, on an object that existed before. */
  public Mark adopting() {
    return with(nonce, state, retiredAt, version, true);
  }

  /** The same mark, for an object that has another mark now. An adopted object stays adopted. */
  public Mark inPlaceOf(Optional<Mark> other) {
    return other.filter(Mark::wasAdopted).isPresent() ? adopting() : this;
  }

  /** The same mark, with the time at which the owner was deleted. */
  public Mark retired(Instant when) {
    return with(nonce, null, when.toString(), version, adopted);
  }

  /** The same mark, for an object that is left on purpose. */
  public Mark retained() {
    return with(nonce, RETAINED, null, version, adopted);
  }

  private Mark with(
      String aNonce, String aState, String aRetiredAt, String aVersion, Boolean isAdopted) {
    return new Mark(
        managedBy,
        instance,
        kind,
        namespace,
        name,
        uid,
        clinic,
        aNonce,
        aState,
        aRetiredAt,
        aVersion,
        isAdopted);
  }
}
