package dev.clinicnet.operator.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the range and the step of a number. */
final class NumberLimits {
  private NumberLimits() {}

  static List<Violation> violations(String path, Node node, Number number, Schema schema) {
    BigDecimal value = exact(number);
    List<Violation> violations = new ArrayList<>();
    range(path, node, value, schema).ifPresent(violations::add);
    schema
        .number("multipleOf")
        .filter(step -> value.remainder(exact(step)).signum() != 0)
        .ifPresent(
            step -> violations.add(invalid(path, node, number, "should be a multiple of " + step)));
    schema
        .number("minimum")
        .filter(least -> breaks(exact(least).compareTo(value), schema, "exclusiveMinimum"))
        .ifPresent(
            least ->
                violations.add(
                    invalid(
                        path,
                        node,
                        number,
                        schema.isSet("exclusiveMinimum")
                            ? "should be greater than " + least
                            : "should be greater than or equal to " + least)));
    schema
        .number("maximum")
        .filter(most -> breaks(value.compareTo(exact(most)), schema, "exclusiveMaximum"))
        .ifPresent(
            most ->
                violations.add(
                    invalid(
                        path,
                        node,
                        number,
                        schema.isSet("exclusiveMaximum")
                            ? "should be less than " + most
                            : "should be less than or equal to " + most)));
    return violations;
  }

  private static boolean breaks(int beyond, Schema schema, String exclusive) {
    return beyond > 0 || (beyond == 0 && schema.isSet(exclusive));
  }

  /** The API server names no field here. */
  private static Optional<Violation> range(
      String path, Node node, BigDecimal value, Schema schema) {
    String format = schema.text("format").orElse("");
    boolean fits =
        value.stripTrailingZeros().scale() <= 0
            && value.toBigInteger().bitLength()
                < (format.equals("int32") ? Integer.SIZE : Long.SIZE);
    return !schema.type().equals("integer") || fits
        ? Optional.empty()
        : Optional.of(Violation.outOfRange(path, node.position(), format));
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }

  private static Violation invalid(String path, Node node, Number number, String words) {
    return Violation.of(
        ViolationType.INVALID, path, node.position(), number, path + " in body " + words);
  }
}
