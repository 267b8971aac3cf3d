package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AssumedSiteKit;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The site kits that manifests lead to, by Clinic. A Clinic for which none is published is not
 * among them.
 */
record PlannedSiteKits(Map<Owner, Kit> kits) {
  /**
   * One site kit.
   *
   * @param secret the name of its Secret
   * @param lines the agent's configuration, without secrets
   * @param status what the Clinic's status says of it
   */
  record Kit(String secret, List<String> lines, SiteKitStatus status) {
    /** Whether the connected agent runs with another configuration; empty while none tells. */
    Optional<Boolean> differsAtSite() {
      return Optional.ofNullable(status.installedHash())
          .map(installed -> !installed.equals(status.configHash()));
    }
  }

  /** What a cluster holds for Clinics after their last pass. */
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
          .ifPresent(lines -> kits.put(Owner.of(clinic), new Kit(name, lines, status)));
    }
    return new PlannedSiteKits(kits);
  }

  /**
   * How these differ from what the sites have now.
   *
   * @param known the objects that the account has something for
   * @param base the site kits of the manifests that are applied now; empty where they are not given
   */
  List<SiteKitChange> changes(Set<Owner> known, Optional<PlannedSiteKits> base) {
    List<SiteKitChange> changes = new ArrayList<>();
    kits.forEach(
        (owner, kit) -> {
          Optional<Kit> before = base.map(other -> other.kits().get(owner));
          if (!known.contains(owner)) {
            changes.add(new SiteKitChange(owner, kit.secret(), SiteKitChange.Kind.CREATE));
          } else if (before.isPresent()) {
            if (!before.get().lines().equals(kit.lines())) {
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
}
