package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.HeldIDs;
import dev.clinicnet.operator.claim.PublicURLs;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Marks of this installation that somebody copied by hand onto the object of another owner. Such a
 * mark has no effect: an object at ngrok belongs to the manifest whose status names its id, as long
 * as the owner in the mark neither has the id in its status nor asks for the name.
 *
 * @param object the manifest that is reconciled, as it is in the cluster
 */
public record CopiedMarks(String instance, HasMetadata object, Holders holders) {

  /**
   * Whether an object at ngrok with the mark of this manifest belongs to another one.
   *
   * @param id of the object at ngrok
   * @param name the name by which a manifest asks for it: a URL, a domain or an address
   */
  public boolean isAnothers(String id, String name) {
    return !HeldIDs.of(object).contains(id)
        && !asks(object, name)
        && holders(id)
            .filter(
                holder ->
                    !Owner.of(holder).equals(Owner.of(object)) && HeldIDs.of(holder).contains(id))
            .anyMatch(holder -> !Annotations.handsOver(holder, object));
  }

  /**
   * Whether an object at ngrok with another mark, or without a readable one, belongs to this
   * manifest by its status.
   */
  public boolean isOwn(Optional<Mark> mark, String id, String name) {
    return mark.isEmpty() || (HeldIDs.of(object).contains(id) && isCopied(mark.get(), id, name));
  }

  private boolean isCopied(Mark mark, String id, String name) {
    return mark.instance().equals(instance)
        && mark.owner().isPresent()
        && !mark.isOf(instance, Owner.of(object))
        && !Annotations.gaveAway(object, Optional.of(mark))
        && holders
            .named(mark)
            .filter(marked -> HeldIDs.of(marked).contains(id) || asks(marked, name))
            .isEmpty();
  }

  private Stream<HasMetadata> holders(String id) {
    return Stream.concat(
        holders.manifests().clinicsBy(ClaimKeys.held(id)).stream(),
        holders.manifests().servicesBy(ClaimKeys.held(id)).stream());
  }

  private static boolean asks(HasMetadata object, String name) {
    return PublicURLs.asks(object, name)
        || (object instanceof Clinic clinic
            && clinic.getSpec().domains().stream().anyMatch(d -> d.name().equals(name)))
        || (object instanceof ClinicService service
            && service.getSpec().expose() != null
            && service.getSpec().expose().tcp() != null
            && name.equals(service.getSpec().expose().tcp().address()));
  }
}
