package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.cli.inventory.Holding.Use;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says why an object may not be deleted.
 *
 * @param manifests the manifests that may ask for it
 * @param ofInstance the other installation whose objects may be deleted; empty: none
 * @param force whether objects may be deleted that are in use or kept on purpose
 */
record DeletionRule(KnownManifests manifests, Optional<String> ofInstance, boolean force) {
  private static final String FORCE = ". Add --force to delete it all the same";
  private static final String USERS = "clinicnet-";
  private static final int SHOWN = 3;

  /**
   * Why an object stays, with what to do about it; empty if it may be deleted.
   *
   * @param goesToo the ids of objects that are deleted before it
   */
  Optional<String> refusal(Holding holding, Set<String> goesToo) {
    return kind(holding)
        .or(() -> holder(holding))
        .or(() -> force ? Optional.empty() : caution(holding, goesToo));
  }

  private static Optional<String> kind(Holding holding) {
    if (holding.resource().equals(Resource.TUNNEL_SESSIONS)
        || (holding.row() instanceof Endpoint endpoint && !endpoint.isCloud())) {
      return Optional.of("an agent holds it: stop the agent, or delete its credential");
    } else if (holding.resource().equals(Resource.AGENT_INGRESSES)) {
      return Optional.of("agents may connect through it: delete it at ngrok");
    }
    return Optional.empty();
  }

  private Optional<String> holder(Holding holding) {
    String owner = holding.owner().map(Object::toString).orElse("");
    return switch (holding.holder()) {
      case MANIFEST -> Optional.of(owner + " exists: delete that, and the operator deletes this");
      case NOT_COMPARED ->
          Optional.of(
              "whether "
                  + owner
                  + " exists is not known: use --cluster, or give the manifests of its namespace");
      case INSTALLATION -> installation(holding);
      case OTHER_INSTANCE -> {
        String instance = holding.instance().orElse("");
        yield ofInstance.filter(instance::equals).isPresent()
            ? Optional.empty()
            : Optional.of(
                "it belongs to installation "
                    + instance
                    + ": if that is gone for good, add --of-instance "
                    + instance);
      }
      case NO_MANIFEST, NOBODY -> Optional.empty();
    };
  }

  /** The domains that Clinics share, and the vault. */
  private Optional<String> installation(Holding holding) {
    if (!manifests.isComplete()) {
      return Optional.of("the whole installation shares it: use --cluster to see who needs it");
    }
    return holding.row() instanceof ReservedDomain domain
            && manifests.domains().contains(domain.domain())
        ? Optional.of("a Clinic lists it in spec.domains: remove it there")
        : Optional.empty();
  }

  private static Optional<String> caution(Holding holding, Set<String> goesToo) {
    if (holding.state().equals("retained")) {
      return Optional.of("it was left on purpose (deletionPolicy: Retain)" + FORCE);
    } else if (holding.state().equals("retired")) {
      return Optional.of("the undo window keeps it, and the operator releases it then" + FORCE);
    } else if (holding.mark().filter(Mark::wasAdopted).isPresent()) {
      return Optional.of("it was there before its manifest" + FORCE);
    } else if (holding.holder() == Holder.NOBODY
        && holding.row() instanceof ServiceUser user
        && user.name().startsWith(USERS)) {
      return Optional.of("its name is that of an operator, perhaps another installation's" + FORCE);
    }
    List<Use> left = holding.uses().stream().filter(use -> !goesToo.contains(use.by())).toList();
    return left.isEmpty() ? Optional.empty() : Optional.of("in use: " + words(left) + FORCE);
  }

  /** What needs an object, shortened. */
  static String words(List<Use> uses) {
    String first = uses.stream().limit(SHOWN).map(Use::words).collect(Collectors.joining("; "));
    return uses.size() > SHOWN ? first + "; and " + (uses.size() - SHOWN) + " more" : first;
  }
}
