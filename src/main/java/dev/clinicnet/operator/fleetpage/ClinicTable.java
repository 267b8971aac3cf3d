package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import java.util.List;

/** One row for each clinic. */
final class ClinicTable {
  private final Visit visit;

  private ClinicTable(Visit visit) {
    this.visit = visit;
  }

  /** Writes the table. */
  static void write(Html html, Visit visit, List<ClinicState> clinics) {
    ClinicTable rows = new ClinicTable(visit);
    Table table =
        Table.begin(
            html,
            "Clinics, what is wrong first",
            "Clinic",
            "State",
            "What is wrong, and what to do",
            "Since",
            "Agent",
            "Services ready");
    for (ClinicState clinic : clinics) {
      table
          .row()
          .head(cell -> rows.name(cell, clinic))
          .cell(cell -> Marks.need(cell, clinic.need()))
          .cell(cell -> worst(cell, clinic))
          .cell(cell -> rows.since(cell, clinic))
          .cell(agent(clinic))
          .cell(services(clinic))
          .endRow();
    }
    table.end();
  }

  private void name(Html cell, ClinicState clinic) {
    cell.leaf("a", clinic.title(), "href", visit.onClinic(clinic.namespace(), clinic.name()));
    cell.leaf("span", clinic.namespace() + "/" + clinic.name(), "class", "sub");
    int open = clinic.openSessions().size();
    if (open > 0) {
      cell.leaf(
          "span", open == 1 ? "1 session open" : open + " sessions open", "class", "sub open");
    }
  }

  private void since(Html cell, ClinicState clinic) {
    if (clinic.worst().isPresent()) {
      Moments.since(cell, clinic.since(), visit.now());
    } else {
      cell.text("–");
    }
  }

  private static void worst(Html cell, ClinicState clinic) {
    if (clinic.worst().isEmpty()) {
      cell.text("–");
      return;
    }
    Problem worst = clinic.worst().get();
    cell.leaf("strong", worst.title());
    String text = worst.message().isEmpty() ? worst.remedy().orElse("") : worst.message();
    cell.leaf("span", Marks.shortened(text), "class", "message");
    int more = clinic.problems().size() - 1;
    if (more > 0) {
      cell.leaf("span", "and " + more + " more", "class", "sub");
    }
  }

  private static String agent(ClinicState clinic) {
    int agents = clinic.status().agents().size();
    if (agents == 0) {
      return Conditions.isTrue(clinic.status().conditions(), ConditionType.AgentOnline)
          ? "online"
          : "offline";
    }
    return agents == 1 ? "online" : agents + " online";
  }

  private static String services(ClinicState clinic) {
    long ready =
        clinic.services().stream()
            .filter(s -> Conditions.isTrue(Conditions.of(s.service()), ConditionType.Ready))
            .count();
    return ready + " of " + clinic.services().size();
  }
}
