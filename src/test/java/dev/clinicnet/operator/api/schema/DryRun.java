package dev.clinicnet.operator.api.schema;

import dev.clinicnet.operator.manifest.CorpusRefusals;
import dev.clinicnet.operator.manifest.CorpusRefusals.Cause;
import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The API server's answer to a new object that is not stored. */
final class DryRun {
  private final FreshNamespace namespace;

  DryRun(FreshNamespace namespace) {
    this.namespace = namespace;
  }

  /**
   * The causes; what could not be decoded has none, and then lint's are compared by their words.
   */
  Set<Cause> comparable(String kind, String json) {
    try {
      create(kind, json);
      return Set.of();
    } catch (KubernetesClientException e) {
      return e.getCode() == 422
          ? ServerWords.comparable(causes(e))
          : ServerWords.comparable(CorpusRefusals.undecodable(json, e.getStatus().getMessage()));
    }
  }

  /** The causes as they are; none where the object is accepted, or cannot be decoded. */
  List<Cause> causes(String kind, String json) {
    try {
      create(kind, json);
      return List.of();
    } catch (KubernetesClientException e) {
      return e.getCode() == 422 ? causes(e) : List.of();
    }
  }

  private static List<Cause> causes(KubernetesClientException e) {
    return e.getStatus().getDetails().getCauses().stream()
        .map(cause -> new Cause(cause.getField(), cause.getMessage()))
        .toList();
  }

  /**
   * Creates it for a moment.
   *
   * @throws KubernetesClientException when it is refused
   */
  void create(String kind, String json) {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    String place =
        kind.equals("NgrokAccount") ? plural : "namespaces/" + namespace.name() + "/" + plural;
    namespace
        .admin()
        .raw(
            "/apis/clinicnet.dev/v1alpha1/" + place + "?dryRun=All&fieldValidation=Strict",
            "POST",
            json);
  }
}
