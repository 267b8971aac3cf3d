package dev.clinicnet.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A right that the operator does not have according to Kubernetes.
 *
 * @param verb as in {@code patch}
 * @param resource with its subresource, as in {@code clinics/status}
 */
public record MissingRight(String verb, String resource) {
  private static final Pattern SAID = Pattern.compile("cannot (\\w+) resource \"([^\"]+)\"");

  /** The missing right for a refused request; empty when the request failed for another reason. */
  public static Optional<MissingRight> of(KubernetesClientException failure) {
    if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
      return Optional.empty();
    }
    Matcher said = SAID.matcher(text(failure));
    return said.find()
        ? Optional.of(new MissingRight(said.group(1), said.group(2)))
        : Optional.empty();
  }

  /** The message of the API server. */
  public static String text(KubernetesClientException failure) {
    return failure.getStatus() == null || failure.getStatus().getMessage() == null
        ? String.valueOf(failure.getMessage())
        : failure.getStatus().getMessage();
  }
}
