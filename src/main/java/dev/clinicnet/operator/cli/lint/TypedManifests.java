package dev.clinicnet.operator.cli.lint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Node;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sound documents as the types that the operator decides on, as if they were just created. */
public final class TypedManifests {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private TypedManifests() {}

  /** A sound document of one of our kinds. */
  public static <T extends HasMetadata> T typed(Document document, Class<T> type) {
    Map<String, Object> plain = new HashMap<>();
    ((Node.Mapping) ManifestValidation.completed(document))
        .entries()
        .forEach((key, entry) -> plain.put(key, entry.value().plain()));
    plain.remove("status");
    plain.remove("metadata");
    T object = JSON.convertValue(plain, type);
    object.setMetadata(metadata(document));
    return object;
  }

  /** The status of a Clinic of which only the conditions are known. */
  static ClinicStatus status(List<Condition> conditions) {
    return JSON.convertValue(Map.of("conditions", conditions), ClinicStatus.class);
  }

  static ObjectMeta metadata(Document document) {
    return new ObjectMetaBuilder()
        .withNamespace(document.namespace())
        .withName(document.name())
        .withUid("")
        .withGeneration(1L)
        .withCreationTimestamp(created(document).orElse(null))
        .withAnnotations(annotations(document))
        .build();
  }

  private static Optional<String> created(Document document) {
    try {
      return document
          .root()
          .text("metadata", "creationTimestamp")
          .map(Instant::parse)
          .map(Instant::toString);
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private static Map<String, String> annotations(Document document) {
    Map<String, String> annotations = new HashMap<>();
    if (document.root().field("metadata").flatMap(m -> m.field("annotations")).orElse(null)
        instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach((key, entry) -> annotations.put(key, String.valueOf(entry.value().plain())));
    }
    return annotations;
  }
}
