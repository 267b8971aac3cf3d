package dev.clinicnet.operator.cli.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A statement for programs. */
final class JSONOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONOutput() {}

  static String text(Statement statement) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("instance", statement.instance());
    all.put("comparedWith", statement.compared());
    all.put("at", statement.at().toString());
    all.put("currency", statement.prices().map(Prices::currency).orElse(null));
    all.put(
        "objects",
        statement.holdings().stream().map(holding -> Row.of(holding, statement)).toList());
    Map<String, Object> totals = new LinkedHashMap<>();
    statement
        .totals()
        .forEach((holder, total) -> totals.put(holder.code(), total(total, statement)));
    totals.put("total", total(statement.total(), statement));
    all.put("totals", totals);
    all.put("notListed", statement.notListed());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }

  private static Map<String, Object> total(Total total, Statement statement) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("objects", total.objects());
    fields.put("endpointHours", total.endpoints().toHours());
    fields.put("addressHours", total.addresses().toHours());
    fields.put("domainHours", total.domains().toHours());
    if (statement.prices().isPresent()) {
      fields.put("perHour", total.perHour().toPlainString());
      fields.put("per30Days", total.per30Days().toPlainString());
      fields.put("soFar", total.soFar().setScale(2, RoundingMode.HALF_UP).toPlainString());
    }
    return fields;
  }
}
