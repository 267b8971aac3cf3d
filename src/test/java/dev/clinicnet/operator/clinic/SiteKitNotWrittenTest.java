package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteKitNotWrittenTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "400, true, a bad request",
    "403, true, a missing right or an admission policy",
    "404, false, the Secret or its namespace has gone since it was read",
    "409, false, somebody has changed the Secret since it was read",
    "413, true, the Secret is too large",
    "422, true, an invalid Secret",
    "500, false, the API server fails",
    "503, false, the API server cannot answer now",
    "0, false, the API server cannot be reached",
  })
  void aRefusalIsWhatAPersonMustMend(int code, boolean refusal, String meaning) {
    assertThat(SiteKitNotWritten.isRefusal(new KubernetesClientException(meaning, code, null)))
        .as(meaning)
        .isEqualTo(refusal);
  }
}
