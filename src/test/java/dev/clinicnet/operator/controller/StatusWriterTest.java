package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status that the API server refuses. */
class StatusWriterTest {
  private static final String CLINICS = "/apis/clinicnet.dev/v1alpha1/namespaces/n/clinics";
  private static final String CLINIC = CLINICS + "/one";
  private static final String SAID = "fake: no status for one";

  private final StubApiServer server = new StubApiServer();
  private KubernetesClient client;

  @BeforeEach
  void connect(@TempDir Path directory) {
    Config config = Config.fromKubeconfig(server.kubeconfig(directory).toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void whatIsTakenIsWhatTheServerAnswers() {
    server.reply(CLINIC + "/status", 200, clinic("8"));

    assertThat(apply(status("7")).getMetadata().getResourceVersion()).isEqualTo("8");
  }

  @Test
  void anInvalidStatusIsRefusedInTheServersWords() {
    server.reply(CLINIC + "/status", 422, failure(422, "Invalid"));

    assertThatThrownBy(() -> apply(status("7"))).isInstanceOf(RefusedStatus.class).hasMessage(SAID);
  }

  @Test
  void aConflictIsARefusalUnlessSomebodyHasWrittenSince() {
    server.reply(CLINIC + "/status", 409, failure(409, "Conflict"));

    server.reply(CLINICS, 200, list(clinic("7")));
    assertThatThrownBy(() -> apply(status("7"))).isInstanceOf(RefusedStatus.class).hasMessage(SAID);
    server.reply(CLINICS, 200, list(clinic("8")));
    assertThatThrownBy(() -> apply(status("7")))
        .isInstanceOf(KubernetesClientException.class)
        .as("it is made again over the newer version")
        .hasMessageContaining(SAID);
    server.reply(CLINICS, 200, list(""));
    assertThatThrownBy(() -> apply(status("7"))).isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void whatMayNotBeWrittenIsNoRefusalOfTheStatus() {
    server.reply(CLINIC + "/status", 403, failure(403, "Forbidden"));

    assertThatThrownBy(() -> apply(status("7"))).isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void aFormerLeaderWritesNoStatus() {
    server.reply(CLINIC + "/status", 200, clinic("8"));
    WriteGuard notLeading =
        new WriteGuard() {
          @Override
          public void check() {}

          @Override
          public void confirm() {
            throw new NgrokException(Failure.NOT_LEADING, null, "another one leads", null);
          }
        };

    assertThatThrownBy(() -> StatusWriter.apply(status("7"), client, notLeading))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessage("another one leads");
  }

  private Clinic apply(Clinic status) {
    return StatusWriter.apply(status, client, WriteGuard.ALWAYS);
  }

  private static Clinic status(String version) {
    Clinic clinic = new Clinic();
    clinic.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("n")
            .withName("one")
            .withResourceVersion(version)
            .build());
    return clinic;
  }

  private static String clinic(String version) {
    return """
        {"apiVersion":"clinicnet.dev/v1alpha1","kind":"Clinic",
         "metadata":{"name":"one","namespace":"n","resourceVersion":"%s"}}
        """
        .formatted(version);
  }

  private static String list(String items) {
    return """
        {"apiVersion":"clinicnet.dev/v1alpha1","kind":"ClinicList","metadata":{},"items":[%s]}
        """
        .formatted(items);
  }

  private static String failure(int code, String reason) {
    return """
        {"kind":"Status","apiVersion":"v1","status":"Failure","code":%d,"reason":"%s",
         "message":"%s"}
        """
        .formatted(code, reason, SAID);
  }
}
