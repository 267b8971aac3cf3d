package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An action that ngrok documents.
 *
 * @param phases where it may stand
 * @param fields of its config; null when they are not documented
 * @param together checks what concerns several fields at once; only a config whose fields are right
 * @param terminates whether nothing runs after it
 * @param login whether it is one of the kind of which an endpoint may have one (2239)
 */
record ActionType(
    String name,
    Set<Phase> phases,
    List<Field> fields,
    BiConsumer<Map<?, ?>, Place> together,
    boolean terminates,
    boolean login) {

  ActionType(String name, Set<Phase> phases, Field... fields) {
    this(name, phases, List.of(fields), (config, place) -> {}, false, false);
  }

  /** One whose fields ngrok does not document. */
  static ActionType undocumented(String name, Set<Phase> phases) {
    List<Field> unknown = null;
    return new ActionType(name, phases, unknown, (config, place) -> {}, false, false);
  }

  ActionType terminating() {
    return new ActionType(name, phases, fields, together, true, login);
  }

  ActionType asLogin() {
    return new ActionType(name, phases, fields, together, terminates, true);
  }

  ActionType with(BiConsumer<Map<?, ?>, Place> check) {
    return new ActionType(name, phases, fields, together.andThen(check), terminates, login);
  }
}
