package dev.clinicnet.simulator;

import java.util.List;
import java.util.function.Predicate;

/** The endpoints that are online now: cloud endpoints and those of agents. */
final class OnlineEndpoints {
  private final Table table;

  OnlineEndpoints(Table table) {
    this.table = table;
  }

  /** Endpoints on the same URL and binding. Endpoints with the same host and port compete too. */
  List<Row> on(EndpointUrl url, String binding, Predicate<Row> except) {
    return table.all().stream()
        .filter(row -> row.text("url").equals(url.text()))
        .filter(row -> row.fields().path("bindings").path(0).asText().equals(binding))
        .filter(except.negate())
        .toList();
  }

  static boolean isCloud(Row row) {
    return row.text("type").equals("cloud");
  }
}
