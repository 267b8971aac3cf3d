package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The ids at ngrok that the status of an object names: a status is the operator's alone to write.
 */
public final class HeldIDs {
  private HeldIDs() {}

  /** The ids of a Clinic or a service; none before it has a status. */
  public static Set<String> of(HasMetadata object) {
    Set<String> ids = new LinkedHashSet<>();
    if (object instanceof Clinic clinic && clinic.getStatus() != null) {
      add(clinic.getStatus(), ids);
    } else if (object instanceof ClinicService service && service.getStatus() != null) {
      add(service.getStatus(), ids);
    }
    ids.removeIf(Objects::isNull);
    return ids;
  }

  private static void add(ClinicStatus status, Set<String> ids) {
    status.domains().forEach(domain -> ids.add(domain.id()));
    AuthtokenStatus authtoken = status.authtoken();
    if (authtoken != null) {
      ids.add(authtoken.credentialID());
      authtoken.retiring().forEach(retiring -> ids.add(retiring.credentialID()));
    }
    if (status.agentAPI() != null && status.agentAPI().endpoint() != null) {
      ids.add(status.agentAPI().endpoint().id());
    }
  }

  private static void add(ClinicServiceStatus status, Set<String> ids) {
    if (status.endpoint() != null) {
      ids.add(status.endpoint().id());
    }
    if (status.address() != null) {
      ids.add(status.address().id());
    }
    status.vaultSecrets().forEach(secret -> ids.add(secret.id()));
  }
}
