package dev.clinicnet.demo;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;

/**
 * Waits until objects of a CRD can be written. A loaded API server lists a kind in its discovery a
 * moment after the CRD is established, and clients look up unknown kinds in the discovery.
 */
final class ServedCrd {

  private static final long LIMIT_SECONDS = 30;
  private static final long LOOK_MILLIS = 20;

  private ServedCrd() {}

  /** Returns when every served version of the CRD is in the discovery. Fails after 30 s. */
  static void await(KubernetesClient client, CustomResourceDefinition crd) {
    client
        .resource(crd)
        .waitUntilCondition(ServedCrd::isEstablished, LIMIT_SECONDS, TimeUnit.SECONDS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      String apiVersion = crd.getSpec().getGroup() + "/" + version.getName();
      while (version.getServed() && !isListed(client, apiVersion, crd)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "The API server does not list kind %s of %s after %d s."
                  .formatted(crd.getSpec().getNames().getKind(), apiVersion, LIMIT_SECONDS));
        }
        pause();
      }
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static boolean isListed(
      KubernetesClient client, String apiVersion, CustomResourceDefinition crd) {
    APIResourceList list = client.getApiResources(apiVersion);
    return list != null
        && list.getResources().stream()
            .anyMatch(r -> crd.getSpec().getNames().getKind().equals(r.getKind()));
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a CRD", e);
    }
  }
}
