package dev.clinicnet.operator.claim;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * The metadata of an object for a test, in the namespace {@code clinics}.
 *
 * @param <B> the builder of its kind
 */
public abstract class ObjectBuilder<B extends ObjectBuilder<B>> {
  private final ObjectMetaBuilder metadata = new ObjectMetaBuilder();

  protected ObjectBuilder(String name, String created) {
    metadata
        .withNamespace("clinics")
        .withName(name)
        .withUid("uid-" + name)
        .withGeneration(1L)
        .withCreationTimestamp(created);
  }

  /** This builder, as that of its kind. */
  protected abstract B self();

  protected final ObjectMeta metadata() {
    return metadata.build();
  }

  public final B namespace(String namespace) {
    metadata.withNamespace(namespace);
    return self();
  }

  public final B created(String timestamp) {
    metadata.withCreationTimestamp(timestamp);
    return self();
  }

  public final B generation(long generation) {
    metadata.withGeneration(generation);
    return self();
  }

  public final B terminating() {
    metadata.withDeletionTimestamp("2026-02-01T00:00:00Z");
    return self();
  }

  public final B annotation(String key, String value) {
    metadata.addToAnnotations(key, value);
    return self();
  }
}
