package dev.clinicnet.operator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A policy of ours with two neighbouring stages in each other's place. */
final class SwappedStages {
  private static final int TLS = 2;
  private static final int RAW_RULES = 7;

  private SwappedStages() {}

  /**
   * Swaps two stages in a policy. The rate cannot be put before TLS, since its phase comes later:
   * for that pair TLS is taken out, so that the rate sees what TLS would have kept from it.
   */
  static JsonNode of(JsonNode policy, StagePair pair) {
    ObjectNode swapped = policy.deepCopy();
    if (pair.first() == TLS) {
      if (swapped.get("on_tcp_connect") instanceof ArrayNode onConnect) {
        remove(onConnect, TLS);
      }
      return swapped;
    }
    for (JsonNode phase : swapped) {
      sort((ArrayNode) phase, pair);
    }
    return swapped;
  }

  private static void remove(ArrayNode rules, int stage) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (stage(rules.get(i)) == stage) {
        rules.remove(i);
      }
    }
  }

  private static void sort(ArrayNode rules, StagePair pair) {
    List<Integer> order = new ArrayList<>(IntStream.rangeClosed(1, 9).boxed().toList());
    Collections.swap(order, pair.first() - 1, pair.first());
    List<JsonNode> sorted = new ArrayList<>();
    order.forEach(
        stage ->
            rules.forEach(
                rule -> Optional.of(rule).filter(r -> stage(r) == stage).ifPresent(sorted::add)));
    rules.removeAll().addAll(sorted);
  }

  /** By the names that the operator gives to its rules; any other is one written by hand. */
  private static int stage(JsonNode rule) {
    return switch (rule.path("name").asText()) {
      case "restrict addresses" -> 1;
      case "restrict certificates" -> TLS;
      case "restrict rate" -> 3;
      case "deny ambiguous paths", "deny paths not listed" -> 4;
      case "restrict login" -> 5;
      case "deny other users" -> 6;
      case "forward", "forward what is allowed" -> 8;
      case "deny everything else" -> 9;
      default -> RAW_RULES;
    };
  }
}
