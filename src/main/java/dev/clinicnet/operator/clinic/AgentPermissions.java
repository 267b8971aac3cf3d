package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.claim.BindRule;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the agent of a Clinic may bind. The list is never empty, and never has another
 * clinic's names.
 */
final class AgentPermissions {
  private AgentPermissions() {}

  /** The access-control list of a credential of the Clinic. */
  static List<String> of(ClinicObservation o) {
    List<String> acl = new ArrayList<>();
    acl.add(BindRule.of("*." + o.internalDomain()));
    o.clinic().getSpec().domains().stream()
        .filter(domain -> !domain.shared())
        .map(ClinicDomain::name)
        .filter(name -> !isAnothers(o, name))
        .sorted()
        .forEach(name -> acl.add(BindRule.of(name)));
    return List.copyOf(acl);
  }

  /**
   * The steps that remove names from the credentials of the Clinic: names that now belong to
   * another object, for example after a hand-over, and names that somebody else has added. Nothing
   * holds these steps back.
   */
  static List<Step> narrow(ClinicObservation o) {
    return o.credentials().stream().flatMap(one -> narrowing(o, one).stream()).toList();
  }

  /** The same step for one credential; empty when it has no such name. */
  static Optional<Step> narrowing(ClinicObservation o, Credential credential) {
    List<String> programmed = programmed(o);
    boolean widened =
        !programmed.isEmpty() && !o.wasAdopted(credential) && isWidened(o, credential);
    List<String> kept = widened ? kept(o) : own(o, credential.acl());
    if (kept.isEmpty() || (!widened && kept.size() == credential.acl().size())) {
      return Optional.empty();
    }
    Comparison comparison = new Comparison(Resource.CREDENTIALS, credential.id());
    if (widened && o.knownCredentialIDs().contains(credential.id())) {
      comparison.add(Field.ACL, programmed.toString(), credential.acl().toString());
    }
    return Optional.of(
        new Step.Update<>(
            Resource.CREDENTIALS,
            credential.id(),
            new Credential.Update(null, null, kept),
            credential.id(),
            Lane.CLOSING,
            Cause.CLOSING,
            comparison.drift()));
  }

  /** The names for which they were made, without those that now belong to others. */
  static List<String> kept(ClinicObservation o) {
    return own(o, programmed(o));
  }

  private static List<String> own(ClinicObservation o, List<String> acl) {
    return acl.stream().filter(rule -> !isAnothers(o, BindRule.name(rule))).toList();
  }

  /** The names for which the credentials were made; empty while the status does not have them. */
  static List<String> programmed(ClinicObservation o) {
    return o.status().authtoken() == null ? List.of() : o.status().authtoken().acl();
  }

  /**
   * Whether a credential may bind more names than it should. For a retiring credential the names
   * are not known, but it was never for all names.
   */
  private static boolean isWidened(ClinicObservation o, Credential credential) {
    if (!credential.id().equals(o.status().authtoken().credentialID())) {
      return credential.acl().stream()
          .anyMatch(rule -> DomainNames.suffixes(BindRule.name(rule)).isEmpty());
    }
    Set<String> allowed = new HashSet<>(programmed(o));
    allowed.addAll(of(o));
    return !allowed.containsAll(credential.acl());
  }

  private static boolean isAnothers(ClinicObservation o, String domain) {
    Optional<Mark> mark =
        o.inventory()
            .find(Resource.RESERVED_DOMAINS, Keys.name(domain))
            .optional()
            .filter(reserved -> !o.exclusiveDomains().contains(reserved))
            .flatMap(Mark::on);
    return mark.filter(found -> found.owner().isPresent())
        .filter(found -> !found.isOf(o.settings().instance(), o.owner()))
        .isPresent();
  }
}
