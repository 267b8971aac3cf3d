package dev.clinicnet.operator.policy.raw;

import java.util.List;
import java.util.Map;

/**
 * An action that ngrok documents, as {@code actions.yaml} describes it.
 *
 * @param fields of its config; null when they are not documented
 */
record ActionType(
    List<String> phases,
    List<String> endpoints,
    boolean ends,
    boolean login,
    List<String> together,
    Map<String, Object> defaults,
    Map<String, FieldType> fields) {

  ActionType {
    endpoints = endpoints == null ? List.of("https", "tls", "tcp") : endpoints;
    together = together == null ? List.of() : together;
    defaults = defaults == null ? Map.of() : defaults;
  }
}
