package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.ServiceState;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When the conditions of a clinic's objects changed last. Events do not live as long. */
final class LastChanges {
  private static final int MOST = 15;

  private record Change(Instant at, String object, Condition condition) {}

  private LastChanges() {}

  /** Writes the newest changes as a table. */
  static void write(Html html, Visit visit, ClinicState view) {
    List<Change> changes = new ArrayList<>();
    add(changes, "Clinic", Conditions.of(view.clinic()));
    for (ServiceState service : view.services()) {
      add(changes, "ClinicService " + service.name(), Conditions.of(service.service()));
    }
    changes.sort(Comparator.comparing(Change::at).reversed().thenComparing(Change::object));
    html.leaf("h2", "Last changes");
    if (changes.isEmpty()) {
      html.leaf("p", "None yet.", "class", "empty");
      return;
    }
    Table table =
        Table.begin(html, "Last changes of conditions", "Ago", "About", "Condition", "Reason");
    for (Change change : changes.stream().limit(MOST).toList()) {
      table
          .row()
          .head(cell -> Moments.since(cell, change.at(), visit.now()))
          .cell(change.object())
          .cell(change.condition().type() + " " + change.condition().status())
          .cell(change.condition().reason())
          .endRow();
    }
    table.end();
  }

  private static void add(List<Change> changes, String object, List<Condition> conditions) {
    for (Condition condition : conditions) {
      boolean follows =
          ConditionType.parse(condition.type()).filter(type -> !type.isToldAsEvent()).isPresent();
      if (!follows) {
        changes.add(
            new Change(
                Timestamps.parse(condition.lastTransitionTime()).orElse(Instant.EPOCH),
                object,
                condition));
      }
    }
  }
}
