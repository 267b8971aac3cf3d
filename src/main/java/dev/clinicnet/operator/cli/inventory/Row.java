package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.inventory.Owner;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object as programs read it. */
final class Row {
  private Row() {}

  /** The fields, always the same ones and in the same order. A value that is not known is null. */
  static Map<String, Object> of(Holding holding, Statement statement) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("holder", holding.holder().code());
    fields.put("instance", holding.instance().orElse(null));
    fields.put("kind", holding.owner().map(Owner::kind).orElse(null));
    fields.put("namespace", holding.owner().map(Owner::namespace).orElse(null));
    fields.put("name", holding.owner().map(Owner::name).orElse(null));
    fields.put("resource", holding.resource().path());
    fields.put("id", holding.id());
    fields.put("object", holding.row().displayName());
    fields.put("state", holding.state());
    fields.put("createdAt", holding.row().createdAt());
    fields.put("ageHours", holding.age(statement.at()).map(age -> age.toHours()).orElse(null));
    fields.put("billedAs", Billed.of(holding.row()).map(Billed::code).orElse(null));
    fields.put(
        "perHour",
        Total.perHour(holding, statement.prices()).map(BigDecimal::toPlainString).orElse(null));
    fields.put("mayBindAnything", Holdings.mayBindAnything(holding.row()));
    fields.put("uses", holding.uses().stream().map(Holding.Use::words).toList());
    return fields;
  }
}
