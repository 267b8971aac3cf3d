package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AgentAPI;
import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.HTTPSExposure;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked example says what the documentation tells about it, in the Java types. */
class ExamplesTest {

  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  private final KubernetesSerialization yaml = new KubernetesSerialization();

  @Test
  void theClinicHoldsASharedWildcardAndADomainOfItsOwn() throws IOException {
    Clinic clinic = read("clinic.yaml", Clinic.class);

    assertThat(clinic.getMetadata().getNamespace()).isNull();
    assertThat(clinic.getSpec().internalDomain()).isEqualTo("clinic1.internal");
    assertThat(clinic.getSpec().domains())
        .containsExactly(
            new ClinicDomain("*.api.clinicnet.com", true),
            new ClinicDomain("dashboard.clinic1.com", false));
    assertThat(clinic.getSpec().agent().api())
        .isEqualTo(new AgentAPI("agent-clinic1.api.clinicnet.com", null));
    assertThat(clinic.getSpec().agent().connectURL()).isNull();
    assertThat(clinic.getSpec().deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
  }

  @Test
  void theRestApiAdmitsOnePath() throws IOException {
    ClinicService service = read("rest-api.yaml", ClinicService.class);

    assertThat(service.getSpec().upstream().url()).isEqualTo("http://192.168.1.100:8080");
    assertThat(service.getSpec().expose().https())
        .isEqualTo(new HTTPSExposure("clinic1.api.clinicnet.com", List.of("/api")));
    assertThat(service.getSpec().availability()).isEqualTo(Availability.Always);
  }

  @Test
  void theDatabaseAdmitsOneNetwork() throws IOException {
    ClinicService service = read("patient-db.yaml", ClinicService.class);

    assertThat(service.getSpec().upstream().url()).isEqualTo("tcp://192.168.1.101:5432");
    assertThat(service.getSpec().expose().tcp().region()).isEqualTo("us");
    assertThat(service.getSpec().access().allowCIDRs()).containsExactly("203.0.113.0/24");
    assertThat(service.getSpec().access().denyCIDRs()).containsExactly("192.0.2.0/24");
  }

  @Test
  void theDashboardOpensOnDemand() throws IOException {
    ClinicService service = read("dashboard.yaml", ClinicService.class);

    assertThat(service.getSpec().upstream().url()).isEqualTo("http://192.168.1.102:3001");
    assertThat(service.getSpec().expose().https().host()).isEqualTo("dashboard.clinic1.com");
    assertThat(service.getSpec().availability()).isEqualTo(Availability.OnDemand);
  }

  @Test
  void theSessionIsOneThatTheDashboardAllows() throws IOException {
    ClinicService service = read("dashboard.yaml", ClinicService.class);
    ClinicSession session = read("../session/session.yaml", ClinicSession.class);

    assertThat(session.getMetadata().getName()).isNull();
    assertThat(session.getMetadata().getGenerateName()).isEqualTo("dashboard-");
    assertThat(
            SessionReconciler.preview(session, Optional.of(service), NOW)
                .get(ConditionType.Accepted))
        .map(Verdict::isTrue)
        .contains(true);
  }

  private <T> T read(String file, Class<T> type) throws IOException {
    return yaml.unmarshal(Files.readString(Path.of("examples/clinic1", file)), type);
  }
}
