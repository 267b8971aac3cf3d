package dev.clinicnet.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of an object as objects of another kind see it. If it differs, they look again, so
 * nothing else of it may be read there.
 */
public final class SeenMetadata {
  private static final String OURS = "clinicnet.dev/";

  private SeenMetadata() {}

  /** The name and the age, whether it is being deleted, and our own annotations and labels. */
  public static ObjectMeta of(ObjectMeta metadata) {
    ObjectMeta seen = new ObjectMeta();
    seen.setNamespace(metadata.getNamespace());
    seen.setName(metadata.getName());
    seen.setUid(metadata.getUid());
    seen.setGeneration(metadata.getGeneration());
    seen.setCreationTimestamp(metadata.getCreationTimestamp());
    seen.setDeletionTimestamp(metadata.getDeletionTimestamp());
    seen.setFinalizers(metadata.getFinalizers());
    seen.setAnnotations(ours(metadata.getAnnotations()));
    seen.setLabels(ours(metadata.getLabels()));
    return seen;
  }

  /**
   * Our own among annotations or labels.
   *
   * @param entries null for none
   */
  public static Map<String, String> ours(Map<String, String> entries) {
    Map<String, String> ours = new TreeMap<>();
    if (entries != null) {
      entries.forEach(
          (key, value) -> {
            if (key.startsWith(OURS)) {
              ours.put(key, value);
            }
          });
    }
    return ours;
  }
}
