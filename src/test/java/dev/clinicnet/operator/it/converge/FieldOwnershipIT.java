package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Settled;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The repository owns the fields of its manifests. The operator writes only statuses. */
@SuppressWarnings("try") // An operator only has to run.
class FieldOwnershipIT extends InOneNamespace {
  private static final String TEAM = "platform-team";

  @Test
  void theOperatorOwnsNothingInAnySpecAndTwoSweepsWriteNothing() {
    kubectl("apply", "--server-side", "-f", "examples/clinic1");
    kubectl("create", "-f", "examples/session/session.yaml");
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
      String session = sessions().get(0).getMetadata().getName();
      manifests.awaitSession(session, SessionPhase.Open);
      Settled.versions(manifests);
      Map<String, String> before = versions();

      awaitSweeps(2);

      assertThat(versions()).isEqualTo(before);
      for (HasMetadata object : objects()) {
        assertThat(object.getMetadata().getManagedFields())
            .as("%s %s", object.getKind(), object.getMetadata().getName())
            .anyMatch(entry -> isStatusOf(ClinicOperator.NAME, entry))
            .anyMatch(entry -> entry.getManager().equals(TEAM) && owns(entry, "f:spec"))
            .noneMatch(entry -> !entry.getManager().equals(TEAM) && owns(entry, "f:spec"));
      }
    }
  }

  private void kubectl(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--field-manager=" + TEAM);
    all.add("--namespace=" + namespace.name());
    namespace.kubernetes().kubectl(all.toArray(String[]::new));
  }

  private List<HasMetadata> objects() {
    List<HasMetadata> objects = new ArrayList<>(manifests.clinics());
    objects.addAll(manifests.services());
    objects.addAll(sessions());
    assertThat(objects.stream().map(HasMetadata::getKind))
        .contains(
            HasMetadata.getKind(Clinic.class),
            HasMetadata.getKind(ClinicService.class),
            HasMetadata.getKind(ClinicSession.class));
    return objects;
  }

  private List<ClinicSession> sessions() {
    return namespace.admin().resources(ClinicSession.class).list().getItems();
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>(manifests.resourceVersions());
    objects()
        .forEach(
            object ->
                versions.put(
                    object.getKind() + " " + object.getMetadata().getName(),
                    object.getMetadata().getResourceVersion()));
    return versions;
  }

  private static boolean isStatusOf(String manager, ManagedFieldsEntry entry) {
    return entry.getManager().equals(manager)
        && "status".equals(entry.getSubresource())
        && owns(entry, "f:status");
  }

  private static boolean owns(ManagedFieldsEntry entry, String field) {
    return entry.getFieldsV1().getAdditionalProperties().containsKey(field);
  }
}
