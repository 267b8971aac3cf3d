package dev.clinicnet.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Selects the updates of an object that matter: those of its spec, its deletion, its finalizers and
 * our annotations. Updates of its status are the operator's own.
 */
public final class RelevantUpdate implements OnUpdateFilter<HasMetadata> {
  private static final String OURS = "clinicnet.dev/";

  /** Made by the operator SDK. */
  public RelevantUpdate() {}

  @Override
  public boolean accept(HasMetadata now, HasMetadata before) {
    return differs(now, before);
  }

  /** Whether an update matters. */
  static boolean differs(HasMetadata now, HasMetadata before) {
    var after = now.getMetadata();
    var old = before.getMetadata();
    return !Objects.equals(after.getGeneration(), old.getGeneration())
        || !Objects.equals(after.getUid(), old.getUid())
        || !Objects.equals(after.getDeletionTimestamp(), old.getDeletionTimestamp())
        || !Objects.equals(after.getFinalizers(), old.getFinalizers())
        || !ours(after.getAnnotations()).equals(ours(old.getAnnotations()));
  }

  private static Map<String, String> ours(Map<String, String> annotations) {
    return annotations == null
        ? Map.of()
        : annotations.entrySet().stream()
            .filter(annotation -> annotation.getKey().startsWith(OURS))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
