package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.kubernetes.SeenMetadata;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Selects the updates of an object that matter: those of its spec, its deletion, its finalizers and
 * our annotations. Updates of its status are the operator's own.
 */
public final class RelevantUpdate implements OnUpdateFilter<HasMetadata> {
  /** Made by the operator SDK. */
  public RelevantUpdate() {}

  @Override
  public boolean accept(HasMetadata now, HasMetadata before) {
    var after = now.getMetadata();
    var old = before.getMetadata();
    return !Objects.equals(after.getGeneration(), old.getGeneration())
        || !Objects.equals(after.getUid(), old.getUid())
        || !Objects.equals(after.getDeletionTimestamp(), old.getDeletionTimestamp())
        || !Objects.equals(after.getFinalizers(), old.getFinalizers())
        || !SeenMetadata.ours(after.getAnnotations())
            .equals(SeenMetadata.ours(old.getAnnotations()));
  }
}
