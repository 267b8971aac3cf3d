package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The number of objects of a kind that a namespace may have. The oldest objects have room, and of
 * equally old ones the first by name. An object that is gone and still has something at ngrok
 * counts too, but does not take the room of an object that was accepted.
 *
 * @param plural the name of the objects
 * @param field the field of a grant that has the number
 */
record Limit(Grant grant, String plural, String field, OptionalInt most) {
  private static final Comparator<HasMetadata> AGE =
      Comparator.comparing(
              (HasMetadata object) -> object.getMetadata().getCreationTimestamp(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(object -> object.getMetadata().getName());

  /** The refusal if there is no room for an object. */
  <T extends HasMetadata> Optional<Verdict> problem(
      T object, Collection<T> all, Collection<String> left) {
    if (most.isEmpty()) {
      return Optional.empty();
    }
    long older = all.stream().filter(other -> AGE.compare(other, object) < 0).count();
    if (older >= most.getAsInt()) {
      return Optional.of(NotGranted.limit(grant, plural, most.getAsInt(), field));
    }
    return older + left.size() < most.getAsInt() || wasAccepted(object)
        ? Optional.empty()
        : Optional.of(NotGranted.leftBehind(grant, plural, most.getAsInt(), field, left));
  }

  private static boolean wasAccepted(HasMetadata object) {
    boolean has =
        object instanceof Clinic clinic
            ? ClinicStatus.of(clinic).authtoken() != null
            : object instanceof ClinicService service
                && ClinicServiceStatus.of(service).endpoint() != null;
    return has || Conditions.isTrue(Conditions.of(object), ConditionType.Accepted);
  }
}
