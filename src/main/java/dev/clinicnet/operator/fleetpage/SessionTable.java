package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.attention.SessionState;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sessions: who opened what, why, and until when. */
final class SessionTable {
  /** Shows open sessions, and the last ones that are over. */
  static final Predicate<SessionState> LAST = session -> true;

  /** Shows sessions that are open or will be. */
  static final Predicate<SessionState> NOW = session -> !session.isOver();

  private static final int MOST = 100;
  private static final int MOST_ENDED = 5;

  private record Row(ClinicState clinic, SessionState session) {
    boolean current() {
      return !session.isOver();
    }

    ClinicSessionStatus status() {
      return session.status();
    }

    String end() {
      return String.valueOf(
          status().closedAt() == null ? status().expiresAt() : status().closedAt());
    }
  }

  private SessionTable() {}

  /**
   * Writes a heading and the sessions of these clinics, those that end first at the top.
   *
   * @return how many sessions are open or will be
   */
  static int write(
      Html html,
      Visit visit,
      String title,
      List<ClinicState> clinics,
      Predicate<SessionState> which) {
    List<Row> rows = new ArrayList<>();
    for (ClinicState clinic : clinics) {
      for (SessionState session : clinic.sessions()) {
        if (which.test(session)) {
          rows.add(new Row(clinic, session));
        }
      }
    }
    List<Row> current =
        rows.stream().filter(Row::current).sorted(Comparator.comparing(Row::end)).toList();
    List<Row> ended =
        rows.stream()
            .filter(row -> !row.current())
            .sorted(Comparator.comparing(Row::end).reversed())
            .limit(MOST_ENDED)
            .toList();
    html.leaf("h2", title);
    if (current.isEmpty() && ended.isEmpty()) {
      html.leaf("p", "None.", "class", "empty");
      return 0;
    }
    if (current.size() > MOST) {
      html.leaf(
          "p", "The first " + MOST + " of " + current.size() + " are shown.", "class", "range");
    }
    Table table =
        Table.begin(html, title, "Session", "State", "Opened by", "Why", "Time", "Public address");
    List<Row> shown = current.stream().limit(MOST).collect(Collectors.toCollection(ArrayList::new));
    shown.addAll(ended);
    for (Row row : shown) {
      write(table, visit, row);
    }
    table.end();
    return current.size();
  }

  private static void write(Table table, Visit visit, Row row) {
    SessionPhase phase = row.status().phase() == null ? SessionPhase.Pending : row.status().phase();
    table
        .row()
        .head(
            cell -> {
              cell.text(row.session().session().getSpec().serviceRef().name() + " at ");
              cell.leaf(
                  "a",
                  row.clinic().title(),
                  "href",
                  visit.onClinic(row.clinic().namespace(), row.clinic().name()));
              cell.leaf(
                  "span", row.clinic().namespace() + "/" + row.session().name(), "class", "sub");
            })
        .cell(cell -> cell.leaf("span", phase.name(), "class", "level " + level(phase, row, visit)))
        .cell(row.status().openedBy())
        .cell(row.session().session().getSpec().reason())
        .cell(cell -> time(cell, visit, phase, row))
        .cell(cell -> Marks.address(cell, row.status().publicURL()))
        .endRow();
  }

  private static String level(SessionPhase phase, Row row, Visit visit) {
    if (phase != SessionPhase.Open) {
      return Need.TIME.code();
    }
    boolean over =
        Timestamps.parse(row.status().expiresAt())
            .filter(end -> end.isBefore(visit.now()))
            .isPresent();
    return (over ? Need.SOMEBODY : Need.SETUP).code();
  }

  private static void time(Html cell, Visit visit, SessionPhase phase, Row row) {
    switch (phase) {
      case Open -> {
        Instant end = Timestamps.parse(row.status().expiresAt()).orElse(visit.now());
        boolean over = end.isBefore(visit.now());
        String span =
            Moments.span(
                over ? Duration.between(end, visit.now()) : Duration.between(visit.now(), end));
        cell.leaf("strong", over ? "over for " + span : "ends in " + span);
        cell.open("span", "class", "sub").text("open for ");
        Moments.since(cell, row.status().openedAt(), visit.now());
        cell.close();
      }
      case Pending -> cell.text("asked for " + row.session().session().getSpec().duration());
      default -> {
        cell.open("span").text("ended ");
        Moments.since(cell, row.status().closedAt(), visit.now());
        cell.text(" ago").close();
      }
    }
  }
}
