package dev.clinicnet.operator.cli.status;

import java.util.List;
import java.util.Optional;

/**
 * Something that is not as it should be, as conditions say it.
 *
 * @param objects the objects that say so, such as {@code ClinicService rest-api}
 * @param conditions the types of the conditions that say so; empty if no condition does
 * @param reason the reason of the conditions; empty if no condition says so
 * @param remedy what to do; empty while nobody has to do anything
 */
record Concern(
    Need need,
    List<String> objects,
    List<String> conditions,
    String reason,
    String message,
    Optional<String> remedy) {

  Concern {
    objects = List.copyOf(objects);
    conditions = List.copyOf(conditions);
  }

  /** Whether another one says the same thing, perhaps of another object. */
  boolean saysTheSame(Concern other) {
    return need == other.need && reason.equals(other.reason) && message.equals(other.message);
  }
}
