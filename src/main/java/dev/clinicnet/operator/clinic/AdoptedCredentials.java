package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.claim.BindRule;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.LetGo;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * Credentials that were made by hand and that a Clinic adopts by their ids. The platform shows a
 * token only once, so the operator can publish none of them. It marks them, counts their agents as
 * the Clinic's, and lets them retire when the Clinic has an authtoken of its own.
 */
final class AdoptedCredentials {
  private AdoptedCredentials() {}

  /**
   * The credentials without a mark that the manifest names and the grant allows. A credential may
   * be adopted only if it cannot bind every name, and if each name that it may bind is granted.
   */
  static List<Credential> adoptable(ClinicObservation o) {
    return Annotations.adopted(o.clinic()).stream()
        .flatMap(id -> o.inventory().byID(Resource.CREDENTIALS, id).optional().stream())
        .filter(credential -> isGranted(o.grant(), credential))
        .filter(credential -> title(o, credential) == Title.ADOPTED)
        .toList();
  }

  private static Title title(ClinicObservation o, Credential credential) {
    return o.possession()
        .title(Mark.on(credential), credential.id(), BindRule.name(credential.acl().get(0)));
  }

  private static boolean isGranted(Grant grant, Credential credential) {
    return !credential.acl().isEmpty()
        && credential.acl().stream()
            .allMatch(rule -> BindRule.isBind(rule) && grant.mayAdopt(BindRule.name(rule)));
  }

  /** The steps that mark them. */
  static List<Step> mark(ClinicObservation o) {
    return o.credentials().stream()
        .filter(o::wasAdopted)
        .filter(one -> o.ownMark(one).filter(Mark::isActive).isEmpty())
        .map(one -> Step.Update.mark(Resource.CREDENTIALS, one, o.mark().adopting(), o.lane()))
        .map(Step.class::cast)
        .toList();
  }

  /** Whether a credential stays at ngrok when its Clinic is deleted. */
  static boolean stays(ClinicObservation o, Credential credential) {
    return o.wasAdopted(credential)
        && !credential.acl().stream()
            .allMatch(rule -> o.grant().releasesAdopted(BindRule.name(rule)));
  }

  /** The step that gives a credential back at the deletion; empty when that was done. */
  static Optional<Step> giveBack(ClinicObservation o, Credential credential) {
    return o.ownMark(credential)
        .flatMap(mark -> new LetGo(Resource.CREDENTIALS, credential, mark).retain());
  }
}
