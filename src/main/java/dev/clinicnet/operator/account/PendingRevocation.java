package dev.clinicnet.operator.account;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;

/** An authtoken whose Clinic is being deleted, and which is not revoked yet. */
final class PendingRevocation {
  private PendingRevocation() {}

  /** Whether a Clinic is being deleted and its authtoken still has to be revoked. */
  static boolean isOf(Clinic clinic, Inventory inventory) {
    AuthtokenStatus authtoken = ClinicStatus.of(clinic).authtoken();
    return clinic.isMarkedForDeletion()
        && clinic.getSpec().deletionPolicy() == DeletionPolicy.Delete
        && !Annotations.isAbandoned(clinic)
        && authtoken != null
        && authtoken.credentialID() != null
        && !inventory.isGone(Resource.CREDENTIALS, authtoken.credentialID());
  }
}
