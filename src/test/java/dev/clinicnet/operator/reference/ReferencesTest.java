package dev.clinicnet.operator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every object that a service can name has a key, so that its changes are noticed. */
class ReferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mutualTLS: {caBundles: [{configMapKeyRef: {name: x, key: k}}]}; ConfigMap/n/x",
        "mutualTLS: {caBundles: [{secretKeyRef: {name: x, key: k}}]};    Secret/n/x",
        "oauth: {clientSecretRef: {name: x, key: k}};                    Secret/n/x",
        "oidc: {clientSecretRef: {name: x, key: k}};                     Secret/n/x",
        "basicAuth: {secretRef: {name: x}};                              Secret/n/x",
      })
  void whatAccessNamesIsFound(String access, String key) {
    ClinicService service =
        Serialization.unmarshal(
            """
            apiVersion: clinicnet.dev/v1alpha1
            kind: ClinicService
            metadata: {namespace: n, name: web}
            spec:
              clinicRef: {name: clinic1}
              upstream: {url: "http://10.0.0.1"}
              access: {%s}
            """
                .formatted(access),
            ClinicService.class);

    assertThat(References.keys(service)).containsExactly(key);
  }
}
