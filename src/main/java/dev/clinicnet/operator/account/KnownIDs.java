package dev.clinicnet.operator.account;

import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of objects at ngrok that the statuses name. Objects that are being deleted do not count.
 */
final class KnownIDs {
  private final List<KnownID> ids = new ArrayList<>();

  private KnownIDs() {}

  static List<KnownID> of(Requeue manifests) {
    KnownIDs known = new KnownIDs();
    manifests.allClinics().filter(c -> !c.isMarkedForDeletion()).forEach(known::add);
    manifests.allServices().filter(s -> !s.isMarkedForDeletion()).forEach(known::add);
    return known.ids;
  }

  private void add(Clinic clinic) {
    var status = clinic.getStatus();
    if (status == null) {
      return;
    }
    status.domains().forEach(d -> add(Resource.RESERVED_DOMAINS, d.id()));
    if (status.serviceUser() != null) {
      add(Resource.SERVICE_USERS, status.serviceUser().id());
    }
    if (status.authtoken() != null) {
      add(Resource.CREDENTIALS, status.authtoken().credentialID());
    }
    if (status.agentAPI() != null && status.agentAPI().endpoint() != null) {
      add(Resource.ENDPOINTS, status.agentAPI().endpoint().id());
    }
  }

  private void add(ClinicService service) {
    var status = service.getStatus();
    if (status == null) {
      return;
    }
    if (status.address() != null) {
      add(Resource.RESERVED_ADDRS, status.address().id());
    }
    if (status.endpoint() != null) {
      add(Resource.ENDPOINTS, status.endpoint().id());
    }
    status.vaultSecrets().forEach(s -> add(Resource.VAULT_SECRETS, s.id()));
  }

  private void add(Resource<?, ?, ?> resource, String id) {
    if (id != null) {
      ids.add(new KnownID(resource, id));
    }
  }
}
