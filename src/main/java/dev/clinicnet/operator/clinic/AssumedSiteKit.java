package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The site kit that is assumed in a cluster which cannot be read. It has the newest credential of
 * the Clinic in the account. A rotation that the Clinic's annotation asks for counts as done,
 * because the annotation stays in the manifest.
 */
public final class AssumedSiteKit {
  private static final String UNKNOWN_TOKEN = "unknown";

  private AssumedSiteKit() {}

  /**
   * The Secret; empty when the account has no credential for it. What the annotation for a rotation
   * asks counts as done.
   *
   * @param files a site kit with the files that it has, without the token; empty if they are not
   *     known
   */
  public static Optional<Secret> of(
      Clinic clinic, Inventory inventory, String instance, Optional<PublishedObject> files) {
    Map<String, String> texts = new HashMap<>();
    files.map(PublishedObject::texts).ifPresent(texts::putAll);
    texts.put(SiteKitSecret.TOKEN, UNKNOWN_TOKEN);
    return credential(clinic, inventory, instance)
        .map(
            credential ->
                SiteKitSecrets.issued(
                    clinic, new SiteKitSecret(null, false), credential.id(), texts));
  }

  private static Optional<Credential> credential(
      Clinic clinic, Inventory inventory, String instance) {
    Owner owner = Owner.of(clinic);
    List<Credential> marked =
        inventory.lookUp(Resource.CREDENTIALS, Keys.owner(owner)).stream()
            .filter(c -> Mark.on(c).filter(m -> m.isOf(instance, owner)).isPresent())
            // Nobody but its site has the token of an adopted credential.
            .filter(c -> Mark.on(c).filter(Mark::wasAdopted).isEmpty())
            .toList();
    return newest(marked, c -> Mark.parse(c.metadata()).filter(Mark::isActive).isPresent())
        .or(() -> newest(marked, c -> true));
  }

  private static Optional<Credential> newest(
      List<Credential> credentials, Predicate<Credential> fit) {
    return credentials.stream()
        .filter(fit)
        .max(
            Comparator.comparing(
                Credential::createdAt, Comparator.nullsFirst(Comparator.naturalOrder())));
  }
}
