package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.FleetState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.attention.ServiceState;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One line for each Clinic, what is wrong first. The accounts are shown if there are others than
 * {@code default}.
 */
final class TableOutput {
  private static final List<String> HEAD =
      List.of("NAMESPACE", "CLINIC", "STATE", "ACCOUNT", "AGENT", "SERVICES", "SESSIONS", "WHY");
  private static final int ACCOUNT = HEAD.indexOf("ACCOUNT");

  private TableOutput() {}

  static String text(FleetState fleet, Colours colours) {
    List<Need> needs = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    fleet
        .clinics()
        .forEach(
            clinic -> {
              needs.add(clinic.need());
              rows.add(row(clinic));
            });
    fleet
        .alone()
        .forEach(
            service -> {
              needs.add(service.need());
              rows.add(row(service));
            });
    boolean hasAccounts =
        rows.stream()
            .map(row -> row.get(ACCOUNT))
            .anyMatch(account -> !account.equals(NgrokAccount.DEFAULT) && !account.equals("-"));
    List<String> head = shown(HEAD, hasAccounts);
    rows.replaceAll(row -> shown(row, hasAccounts));
    int[] widths =
        IntStream.range(0, head.size() - 1).map(i -> width(head.get(i), rows, i)).toArray();
    StringBuilder text = new StringBuilder(line(head, widths)).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      String line = line(rows.get(i), widths);
      String state = needs.get(i).words();
      int at = widths[0] + widths[1] + 4;
      text.append(line, 0, at)
          .append(colours.paint(needs.get(i), state))
          .append(line.substring(at + state.length()))
          .append('\n');
    }
    return text.toString();
  }

  private static List<String> row(ClinicState clinic) {
    long ready =
        clinic.services().stream()
            .filter(s -> Conditions.isTrue(Conditions.of(s.service()), ConditionType.Ready))
            .count();
    int open = clinic.openSessions().size();
    return List.of(
        clinic.namespace(),
        clinic.name(),
        clinic.need().words(),
        clinic.clinic().getSpec().account(),
        clinic.status().agents().isEmpty() ? "none" : clinic.status().agents().size() + " online",
        ready + "/" + clinic.services().size(),
        Integer.toString(open),
        why(clinic.problems()));
  }

  private static List<String> row(ServiceState service) {
    return List.of(
        service.namespace(),
        "-",
        service.need().words(),
        "-",
        "-",
        "-",
        "-",
        why(service.problems()));
  }

  private static String why(List<Problem> problems) {
    return problems.stream()
        .findFirst()
        .map(
            worst ->
                String.join(", ", worst.objects())
                    + ": "
                    + PlainText.of(worst.title())
                    + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""))
        .orElse("");
  }

  private static List<String> shown(List<String> row, boolean hasAccounts) {
    List<String> shown = new ArrayList<>(row);
    if (!hasAccounts) {
      shown.remove(ACCOUNT);
    }
    return shown;
  }

  private static int width(String head, List<List<String>> rows, int column) {
    return Math.max(
        head.length(), rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private static String line(List<String> cells, int... widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i ->
                i < widths.length
                    ? cells.get(i) + " ".repeat(widths[i] - cells.get(i).length())
                    : cells.get(i))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
