package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether an existing object at ngrok may become a manifest's. There is one rule for every
 * kind of object with a name. {@code docs/names.md} has its table.
 *
 * @param object the manifest that asks, as it is in the cluster
 * @param undoWindow how long the names of deleted objects are kept
 */
public record Possession(
    String instance, HasMetadata object, Grant grant, Holders holders, Duration undoWindow) {

  /** The marks that were copied by hand. */
  public CopiedMarks copied() {
    return new CopiedMarks(instance, object, holders);
  }

  /**
   * The objects of a kind that the manifest owns: by its mark, or by its status if somebody has
   * removed the mark or copied another one onto them.
   *
   * @param known the ids in the status; null counts as none
   */
  public <T extends RemoteObject> List<T> own(
      Inventory inventory, Resource<T, ?, ?> resource, Collection<String> known) {
    List<T> found = new ArrayList<>();
    inventory.lookUp(resource, Keys.owner(self())).stream()
        .filter(row -> ownMark(row).isPresent())
        .filter(row -> !copied().isAnothers(row.id(), row.displayName()))
        .forEach(found::add);
    known.stream()
        .flatMap(id -> inventory.byID(resource, id).optional().stream())
        .filter(row -> copied().isOwn(Mark.on(row), row.id(), row.displayName()))
        .forEach(found::add);
    return found;
  }

  /** The manifest's mark on an object; empty if it carries another mark or none. */
  public Optional<Mark> ownMark(RemoteObject row) {
    return Mark.on(row).filter(mark -> mark.isOf(instance, self()));
  }

  /**
   * The title to an object.
   *
   * @param id the id of the object at ngrok
   * @param name of the object, as grants have it
   */
  public Title title(Optional<Mark> mark, String id, String name) {
    if (mark.filter(this::marks).isEmpty()) {
      return grant.mayAdopt(name) && Annotations.adopts(object, id)
          ? Title.ADOPTED
          : Title.UNMARKED;
    }
    Mark found = mark.get();
    if (found.isOf(instance, self())) {
      return Title.OWN;
    }
    if (found.isShared(instance)) {
      return Title.SHARED;
    }
    return isGiven(found) ? Title.GIVEN : Title.HELD;
  }

  /**
   * Whether an object of the manifest existed before it. The mark says so. The annotation counts
   * too, because somebody can remove the mark.
   *
   * @param mark the present mark; empty when somebody removed it
   */
  public boolean wasAdopted(Optional<Mark> mark, String id) {
    return mark.filter(Mark::wasAdopted).isPresent() || Annotations.adopts(object, id);
  }

  /** A mark for an object of the manifest. It says whether the object was adopted. */
  public Mark marking(Mark own, Optional<Mark> mark, String id) {
    return wasAdopted(mark, id) ? own.adopting() : own;
  }

  /** Whether a mark counts. An adopted object that was released again counts as unmarked. */
  private boolean marks(Mark mark) {
    boolean letGo = mark.instance().equals(instance) && mark.wasAdopted() && mark.isRetained();
    return !letGo || mark.isOf(instance, self()) || holders.named(mark).isPresent();
  }

  private boolean isGiven(Mark mark) {
    return mark.instance().equals(instance) && (holders.give(mark, object) || isInherited(mark));
  }

  /** A user who may change the former owner, or create it again, can have its name in any case. */
  private boolean isInherited(Mark mark) {
    return mark.retiredAt() != null
        && mark.owner().filter(owner -> owner.namespace().equals(self().namespace())).isPresent();
  }

  /**
   * Why an object is refused, and what helps. The text names nothing of another namespace, because
   * that is only for administrators.
   *
   * @param what the field and its value, or the URL
   * @param name of the object, as grants have it
   */
  public Verdict refused(
      Reason reason,
      String what,
      Resource<?, ?, ?> resource,
      Optional<Mark> mark,
      String id,
      String name) {
    return Verdict.no(reason, refusal(what, mark, id, name))
        .withholding(withheld(mark, name).map(Inventory.told(resource, name, id)::concat));
  }

  private Optional<String> withheld(Optional<Mark> mark, String name) {
    if (mark.filter(this::marks).isEmpty()) {
      return grant.mayAdopt(name) ? Optional.empty() : Optional.of(" carries no mark");
    }
    Mark found = mark.get();
    boolean foreign = !found.instance().equals(instance);
    boolean told =
        !foreign
            && found
                .owner()
                .filter(owner -> owner.namespace().equals(self().namespace()))
                .isPresent();
    return told
        ? Optional.empty()
        : Optional.of(
            " is held by "
                + found.owner().map(Owner::toString).orElse("several Clinics")
                + (foreign ? " of instance " + found.instance() : "")
                + (found.retiredAt() == null ? "" : ", gone since " + found.retiredAt()));
  }

  private String refusal(String what, Optional<Mark> mark, String id, String name) {
    if (mark.filter(this::marks).isEmpty()) {
      return what
          + " is there at ngrok and carries no mark of this operator. "
          + adoption(id, name);
    }
    Mark found = mark.get();
    boolean known = found.instance().equals(instance);
    Optional<Instant> until = known ? found.keptUntil(undoWindow) : Optional.empty();
    if (until.isPresent()) {
      return what
          + " is kept for "
          + holder(found)
          + " until "
          + until.get().truncatedTo(ChronoUnit.SECONDS)
          + " and is free after that. An administrator can free it before: by deleting it at ngrok.";
    }
    return what
        + " is held by "
        + (known ? holder(found) : "something else")
        + ". It cannot be adopted."
        + (known
            ? " Choose another, or have its holder annotated with "
                + Annotations.HAND_OVER_TO
                + "="
                + self().namespace()
                + "/"
                + self().name()
                + "."
            : " Choose another.");
  }

  private String adoption(String id, String name) {
    return grant.mayAdopt(name)
        ? "To take it over, annotate this "
            + self().kind()
            + " with "
            + Annotations.ADOPT
            + "="
            + id
            + "."
        : "Taking it over needs a grant of adoption for this namespace (adoption of an"
            + " NgrokAccount). Choose another, ask an administrator for the grant, or delete it at"
            + " ngrok.";
  }

  private Owner self() {
    return Owner.of(object);
  }

  private String holder(Mark mark) {
    boolean gone = mark.retiredAt() != null && holders.named(mark).isEmpty();
    return mark.owner()
        .filter(owner -> owner.namespace().equals(self().namespace()))
        .map(owner -> owner + (gone ? ", which was deleted," : ""))
        .orElse((gone ? "a deleted object" : "an object") + " of another namespace");
  }
}
