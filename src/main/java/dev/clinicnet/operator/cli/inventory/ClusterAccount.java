package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.api.v1alpha1.APIKeySecretRef;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.StartFailure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the API key of an NgrokAccount in a cluster. */
final class ClusterAccount {
  private ClusterAccount() {}

  /**
   * The key that the Secret of an NgrokAccount has now.
   *
   * @param namespace the namespace of the Secret
   * @throws StartFailure when there is no such account, or no key
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster does not answer
   */
  static String key(KubernetesClient client, String account, String namespace) {
    List<NgrokAccount> all = client.resources(NgrokAccount.class).list().getItems();
    NgrokAccount found =
        all.stream()
            .filter(one -> one.getMetadata().getName().equals(account))
            .findFirst()
            .orElseThrow(
                () ->
                    missing(
                        "There is no NgrokAccount "
                            + account
                            + " in the cluster"
                            + all.stream()
                                .map(one -> one.getMetadata().getName())
                                .sorted()
                                .collect(
                                    Collectors.joining(", ", all.isEmpty() ? "" : ", but ", ""))
                            + ": correct --account"));
    APIKeySecretRef ref =
        Optional.ofNullable(found.getSpec())
            .map(spec -> spec.apiKeySecretRef())
            .orElseThrow(
                () -> missing("The NgrokAccount " + account + " has no spec.apiKeySecretRef"));
    Secret secret = client.secrets().inNamespace(namespace).withName(ref.name()).get();
    return Optional.ofNullable(secret)
        .map(Secret::getData)
        .map(data -> data.get(ref.key()))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).strip())
        .filter(key -> !key.isEmpty())
        .orElseThrow(
            () ->
                missing(
                    "The Secret "
                        + namespace
                        + "/"
                        + ref.name()
                        + " of the NgrokAccount "
                        + account
                        + " has no key "
                        + ref.key()
                        + ": add it, or correct --account-secrets-namespace"));
  }

  private static StartFailure missing(String why) {
    return new StartFailure(ExitReason.API_KEY_MISSING, why);
  }
}
