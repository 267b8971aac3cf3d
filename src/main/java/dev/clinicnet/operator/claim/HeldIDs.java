package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The ids at ngrok that the status of an object names. Only the operator writes a status. */
public final class HeldIDs {
  private final List<KnownID> ids = new ArrayList<>();

  private HeldIDs() {}

  /**
   * The ids of a Clinic or a service, with those of credentials that are on their way out; none
   * before it has a status.
   */
  public static Set<String> of(HasMetadata object) {
    Set<String> ids = new LinkedHashSet<>();
    inUse(object).forEach(known -> ids.add(known.id()));
    if (object instanceof Clinic clinic && ClinicStatus.of(clinic).authtoken() != null) {
      clinic.getStatus().authtoken().retiring().forEach(old -> ids.add(old.credentialID()));
    }
    return ids;
  }

  /** The ids that must be there. */
  public static List<KnownID> inUse(HasMetadata object) {
    HeldIDs held = new HeldIDs();
    if (object instanceof Clinic clinic) {
      held.add(ClinicStatus.of(clinic));
    } else if (object instanceof ClinicService service) {
      held.add(ClinicServiceStatus.of(service));
    }
    return held.ids;
  }

  private void add(ClinicStatus status) {
    status.domains().forEach(domain -> add(Resource.RESERVED_DOMAINS, domain.id()));
    if (status.agentAPI() != null && status.agentAPI().endpoint() != null) {
      add(Resource.ENDPOINTS, status.agentAPI().endpoint().id());
    }
    if (status.authtoken() != null) {
      add(Resource.CREDENTIALS, status.authtoken().credentialID());
    }
    if (status.serviceUser() != null) {
      add(Resource.SERVICE_USERS, status.serviceUser().id());
    }
  }

  private void add(ClinicServiceStatus status) {
    if (status.endpoint() != null) {
      add(Resource.ENDPOINTS, status.endpoint().id());
    }
    if (status.address() != null) {
      add(Resource.RESERVED_ADDRS, status.address().id());
    }
    status.vaultSecrets().forEach(secret -> add(Resource.VAULT_SECRETS, secret.id()));
  }

  private void add(Resource<?, ?, ?> resource, String id) {
    if (id != null) {
      ids.add(new KnownID(resource, id));
    }
  }
}
