package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Violations that follow from others: to correct the cause corrects them too. */
final class Consequences {
  private final List<Violation> violations;
  private final Optional<FieldNames> names;

  private Consequences(List<Violation> violations, Optional<Schema> schema) {
    this.violations = violations;
    this.names = schema.map(FieldNames::new);
  }

  /**
   * The violations without those that follow from others.
   *
   * @param schema the schema of the object; empty when its kind is not known
   */
  static List<Violation> without(List<Violation> violations, Optional<Schema> schema) {
    Consequences consequences = new Consequences(violations, schema);
    List<Violation> causes = new ArrayList<>();
    for (Violation violation : violations) {
      boolean follows =
          violation.isUnchecked()
              || violations.stream()
                  .filter(cause -> !cause.equals(violation))
                  .anyMatch(cause -> consequences.follows(violation, cause));
      if (!follows) {
        causes.add(violation);
      }
    }
    return causes;
  }

  private boolean follows(Violation violation, Violation cause) {
    return switch (cause.type()) {
      case TYPE_INVALID ->
          violation.isOutOfRange(cause.field())
              || isBelow(violation.field(), cause.field())
              || (violation.field().equals(cause.field())
                  && violations.indexOf(cause) < violations.indexOf(violation));
      case UNDECODABLE ->
          Hints.isUnknownField(cause)
              ? isMissing(violation, cause.field())
              : (beginsAnotherObject(cause) && Hints.isRepeatedField(violation))
                  ? violation.field().indexOf('.') < 0
                  : violation.type() != ViolationType.UNDECODABLE
                      && (violation.field().equals(cause.field())
                          || isBelow(violation.field(), cause.field()));
      default -> false;
    };
  }

  /** If a line --- is missing, all fields of the next object seem to be there twice. */
  private static boolean beginsAnotherObject(Violation cause) {
    return cause.field().equals("apiVersion") && Hints.isRepeatedField(cause);
  }

  /**
   * Violations that follow from a wrong name of a field: the right field is missing or incomplete.
   */
  private boolean isMissing(Violation violation, String unknown) {
    List<String> meant = names.map(n -> n.meant(unknown)).orElse(List.of());
    return switch (violation.type()) {
      case REQUIRED ->
          meant.stream()
              .anyMatch(path -> path.equals(violation.field()) || isBelow(path, violation.field()));
      case INVALID -> !meant.isEmpty() && violation.field().equals(FieldNames.parent(unknown));
      default -> false;
    };
  }

  private static boolean isBelow(String path, String above) {
    return path.startsWith(above + ".") || path.startsWith(above + "[");
  }
}
