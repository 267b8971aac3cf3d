package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.RotationQueue;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Instant;
import java.util.Optional;

/**
 * The replacement of an authtoken that is still good, by schedule or because the annotation asks
 * for it. Each value of the annotation counts once. The value that was carried out is written into
 * the Secret together with the new authtoken, so that a crash repeats nothing.
 *
 * @param rotatesAt when the published authtoken becomes due by schedule; empty without a schedule,
 *     and while there is no authtoken
 * @param asked whether the annotation asks for it
 * @param turn when it may begin, now or later; empty while it is not due
 */
record AuthtokenRotation(Optional<Instant> rotatesAt, boolean asked, Optional<Instant> turn) {

  /** There is nothing to replace. */
  static final AuthtokenRotation NONE =
      new AuthtokenRotation(Optional.empty(), false, Optional.empty());

  /**
   * The rotation of a Clinic.
   *
   * @param queue decides whose turn it is
   */
  static AuthtokenRotation of(
      Clinic clinic, SiteKitSecret secret, Inventory inventory, RotationQueue queue, Instant now) {
    Optional<Instant> issued =
        secret
            .credentialID()
            .flatMap(id -> inventory.byID(Resource.CREDENTIALS, id).optional())
            .map(Credential::createdAt)
            .flatMap(Timestamps::parse);
    if (issued.isEmpty()) {
      return NONE;
    }
    Optional<Instant> rotatesAt =
        Optional.ofNullable(clinic.getSpec().agent().authtoken().rotationInterval())
            .map(interval -> issued.get().plus(Durations.parse(interval)));
    boolean asked = asked(clinic, secret);
    boolean due = asked || rotatesAt.filter(at -> !now.isBefore(at)).isPresent();
    if (!due || isHeldBack(clinic)) {
      queue.leave(Owner.of(clinic));
      return new AuthtokenRotation(rotatesAt, asked, Optional.empty());
    }
    // A rotation that has begun goes on. Nothing but the Secret knows that it has.
    Instant turn =
        secret.isIssuing()
            ? now
            : queue.turn(Owner.of(clinic), asked ? Instant.EPOCH : issued.get(), now);
    return new AuthtokenRotation(rotatesAt, asked, Optional.of(turn));
  }

  /** The value of the annotation; empty if it is absent or blank. */
  static Optional<String> value(Clinic clinic) {
    return Annotations.get(clinic, Annotations.ROTATE).filter(text -> !text.isBlank());
  }

  private static boolean asked(Clinic clinic, SiteKitSecret secret) {
    return value(clinic)
        .filter(text -> secret.rotated().filter(text::equals).isEmpty())
        .isPresent();
  }

  /** Such a Clinic could not rotate, so it must not take the turn of another. */
  private static boolean isHeldBack(Clinic clinic) {
    return clinic.getSpec().suspend()
        || clinic.isMarkedForDeletion()
        || Annotations.isQuarantined(clinic);
  }

  /** Whether it is due, whether or not it is its turn. */
  boolean isDue() {
    return turn.isPresent();
  }

  /** Whether it may begin now. */
  boolean begins(Instant now) {
    return turn.filter(when -> !now.isBefore(when)).isPresent();
  }

  /** When to look again: at its turn, or when it becomes due. */
  Optional<Instant> requeueAt(Instant now) {
    return turn.or(() -> rotatesAt).filter(now::isBefore);
  }
}
