package dev.clinicnet.operator.policy.raw;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A field of a config, as {@code actions.yaml} describes it.
 *
 * @param from a number, or a duration; null for no bound
 * @param step the seconds of which a duration is a multiple; 0 for no such rule
 * @param single whether one entry may stand without the list around it
 */
record FieldType(
    String type,
    boolean required,
    boolean secret,
    String from,
    String to,
    int step,
    boolean single,
    List<String> values,
    Pattern pattern,
    String message,
    List<String> names,
    FieldType of,
    FieldType keys,
    Map<String, FieldType> fields) {

  FieldType {
    values = values == null ? List.of() : values;
    names = names == null ? List.of() : names;
  }
}
