package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.Need;
import java.util.List;

/**
 * The Events of a clinic as they were read for one page.
 *
 * @param problem why there are none, as a sentence; empty if they were read
 */
record EventsRead(List<FleetEvent> events, String problem) {

  /** Writes them as a table. */
  void write(Html html, Visit visit) {
    html.leaf("h2", "Events");
    if (!problem.isEmpty() || events.isEmpty()) {
      html.leaf(
          "p",
          problem.isEmpty() ? "None. Kubernetes keeps Events for an hour." : problem,
          "class",
          "empty");
      return;
    }
    Table table = Table.begin(html, "Events, the newest first", "Ago", "About", "What happened");
    for (FleetEvent event : events) {
      table
          .row()
          .head(cell -> Moments.since(cell, event.at(), visit.now()))
          .cell(event.object())
          .cell(
              cell -> {
                cell.leaf("strong", event.reason());
                if (event.warning()) {
                  cell.text(" ").leaf("span", "Warning", "class", "level " + Need.SOMEBODY.code());
                }
                cell.leaf("span", event.message(), "class", "message");
              })
          .endRow();
    }
    table.end();
  }
}
