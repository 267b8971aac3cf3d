package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows the results, and whether they are right. */
final class Report {
  private static final Path CLINICS = Path.of("crds/clinics.clinicnet.dev.yaml");
  private static final Path SERVICES = Path.of("crds/clinicservices.clinicnet.dev.yaml");

  private final Screen screen;

  Report(Screen screen) {
    this.screen = screen;
  }

  void show(Snapshot end, SiteKitFile siteKit, JsonNode state, JsonNode requests) {
    screen.heading("Clinics (kubectl get clinics)");
    screen.lines(PrinterColumns.of(CLINICS).table(end.clinics()));
    screen.heading("ClinicServices (kubectl get clinicservices)");
    screen.lines(PrinterColumns.of(SERVICES).table(end.services()));
    screen.heading("DNS records for your team to create (status.dnsRecords)");
    TextTable records = new TextTable(List.of("TYPE", "NAME", "VALUE"));
    end.clinics().stream()
        .flatMap(clinic -> clinic.getStatus().dnsRecords().stream())
        .distinct()
        .forEach(r -> records.row(List.of(r.type(), r.name(), r.value())));
    screen.lines(records.lines());
    screen.heading(
        "The site kit of %s: ngrok.yml in Secret %s (here without its secrets and comments)"
            .formatted(siteKit.clinic(), siteKit.secret()));
    screen.lines(siteKit.shown());
    screen.heading("What the ngrok account now holds");
    screen.lines(new AccountTable(state).lines());
    screen.heading("Requests made to ngrok");
    screen.lines(AccountTable.requests(requests));
  }

  /** Shows the checks, and returns the exit code. */
  int verdict(List<DemoCheck> checks) {
    screen.heading("Checks");
    for (DemoCheck check : checks) {
      if (check.holds()) {
        screen.good("ok       ", check.name());
      } else {
        screen.bad("differs  ", check.name());
        screen.lines(Screen.wrap("         ", check.difference().orElseThrow()));
      }
    }
    long differing = checks.stream().filter(check -> !check.holds()).count();
    String time = String.format(Locale.ROOT, "%.1f s", screen.seconds());
    screen.line("");
    if (differing == 0) {
      screen.good(
          "All %d checks hold. ".formatted(checks.size()),
          "Three clinics converged, checked and shown in " + time + ".");
      return 0;
    }
    screen.bad(
        "%d of %d checks differ. ".formatted(differing, checks.size()), "It took " + time + ".");
    return 1;
  }
}
