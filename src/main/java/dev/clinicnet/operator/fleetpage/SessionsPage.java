package dev.clinicnet.operator.fleetpage;

/** The sessions of all clinics that are open now. */
final class SessionsPage {
  private SessionsPage() {}

  /** The page. */
  static String of(Visit visit, FleetView fleet) {
    long open = fleet.clinics().stream().mapToLong(c -> c.openSessions().size()).sum();
    String title =
        open == 0
            ? "No session is open"
            : open == 1 ? "1 session is open" : open + " sessions are open";
    return PageFrame.of(
        visit,
        title,
        html -> {
          html.leaf("h1", title);
          SessionTable.write(html, visit, "Open and asked for", fleet.clinics(), SessionTable.NOW);
        });
  }
}
