package dev.clinicnet.simulator;

import java.util.List;
import java.util.function.Predicate;

/** The endpoints that are online now: cloud endpoints and those of agents. */
final class OnlineEndpoints {
  private final Table table;

  OnlineEndpoints(Table table) {
    this.table = table;
  }

  /**
   * Endpoints on the same URL and binding. Public endpoints with the same host and port compete
   * too: https and tls share port 443, where only the host tells them apart (inferred).
   */
  List<Row> on(EndpointUrl url, String binding, Predicate<Row> except) {
    boolean isPublic = binding.equals("public");
    return table.all().stream()
        .filter(
            row ->
                row.text("url").equals(url.text())
                    || (isPublic && row.text("hostport").equals(url.hostport())))
        .filter(row -> row.fields().path("bindings").path(0).asText().equals(binding))
        .filter(except.negate())
        .toList();
  }

  static boolean isCloud(Row row) {
    return row.text("type").equals("cloud");
  }
}
