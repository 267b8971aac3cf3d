package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AssumedSiteKit;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.reference.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The site kits that follow from manifests, by Clinic. A Clinic without a published site kit is not
 * among them.
 */
record PlannedSiteKits(Map<Owner, Kit> kits) {
  /**
   * One site kit.
   *
   * @param secret the name of its Secret
   * @param lines the agent's configuration, without secrets
   * @param status the site kit in the Clinic's status
   * @param assumed whether a part of it is assumed, because only the cluster knows it
   */
  record Kit(String secret, List<String> lines, SiteKitStatus status, boolean assumed) {
    /** Whether the connected agent runs with another configuration; empty if that is not known. */
    Optional<Boolean> differsAtSite() {
      return Optional.ofNullable(status.installedHash())
          .filter(installed -> !assumed)
          .map(installed -> !installed.equals(status.configHash()));
    }
  }

  /** The site kits in a cluster after the last pass over its Clinics. */
  static PlannedSiteKits of(Collection<Clinic> clinics, Cluster cluster) {
    Map<Owner, Kit> kits = new LinkedHashMap<>();
    for (Clinic clinic : clinics) {
      SiteKitStatus status = clinic.getStatus() == null ? null : clinic.getStatus().siteKit();
      if (status == null) {
        continue;
      }
      String name = ClinicNames.siteKitSecret(clinic);
      cluster
          .secret(clinic.getMetadata().getNamespace(), name)
          .flatMap(AssumedSiteKit::configuration)
          .map(PolicyDisplay::configuration)
          .ifPresent(
              lines ->
                  kits.put(
                      Owner.of(clinic), new Kit(name, lines, status, isAssumed(clinic, cluster))));
    }
    return new PlannedSiteKits(kits);
  }

  /**
   * The differences from the present site kits of the sites.
   *
   * @param known the objects for which the account has something
   * @param base the site kits of the manifests that are applied now; empty if they are not given
   */
  List<SiteKitChange> changes(Set<Owner> known, Optional<PlannedSiteKits> base) {
    List<SiteKitChange> changes = new ArrayList<>();
    kits.forEach(
        (owner, kit) -> {
          Optional<Kit> before = base.map(other -> other.kits().get(owner));
          if (!known.contains(owner)) {
            changes.add(new SiteKitChange(owner, kit.secret(), SiteKitChange.Kind.CREATE));
          } else if (before.isPresent()) {
            if (!before.get().lines().equals(kit.lines())
                || !before.get().secret().equals(kit.secret())) {
              changes.add(
                  new SiteKitChange(
                      owner,
                      kit.secret(),
                      SiteKitChange.Kind.UPDATE,
                      LineDiff.of(before.get().lines(), kit.lines())));
            }
          } else if (kit.differsAtSite().orElse(true)) {
            changes.add(
                new SiteKitChange(
                    owner,
                    kit.secret(),
                    kit.differsAtSite().isPresent()
                        ? SiteKitChange.Kind.UPDATE
                        : SiteKitChange.Kind.UNKNOWN));
          }
        });
    return changes;
  }

  /** The hash covers the password of an agent's API and a certificate at the agent. */
  private static boolean isAssumed(Clinic clinic, Cluster cluster) {
    String namespace = clinic.getMetadata().getNamespace();
    return clinic.getSpec().agent().api() != null
        || cluster.servicesBy(ClaimKeys.clinic(namespace, clinic.getMetadata().getName())).stream()
            .anyMatch(References::endsAtAgent);
  }
}
