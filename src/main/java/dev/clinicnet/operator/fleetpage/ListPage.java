package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.attention.ServiceState;
import java.util.List;
import java.util.stream.Collectors;

/** All clinics, what is wrong first. */
final class ListPage {
  /** How many clinics one page has. */
  static final int SIZE = 100;

  private static final int MOST_CAUSES = 8;
  private static final int MOST_STRAYS = 20;

  private final Visit visit;
  private final FleetView fleet;
  private final List<AccountFigures> accounts;

  private ListPage(Visit visit, FleetView fleet, List<AccountFigures> accounts) {
    this.visit = visit;
    this.fleet = fleet;
    this.accounts = accounts;
  }

  /**
   * The page.
   *
   * @param accounts the accounts that the viewer may know of
   */
  static String of(Visit visit, FleetView fleet, List<AccountFigures> accounts) {
    long bad = fleet.count(Need.SOMEBODY);
    String title =
        bad == 0 ? "Clinics" : bad + (bad == 1 ? " clinic needs" : " clinics need") + " somebody";
    return PageFrame.of(visit, title, html -> new ListPage(visit, fleet, accounts).write(html));
  }

  private void write(Html html) {
    html.leaf("h1", headline());
    SeenAtNgrok.write(html, visit, accounts);
    levels(html);
    causes(html);
    strays(html);
    ClinicSearch search = new ClinicSearch(visit, fleet);
    search.write(html);
    List<ClinicState> found = search.found();
    int pages = Math.max(1, (found.size() + SIZE - 1) / SIZE);
    int page = Math.min(visit.query().number(Query.PAGE, 1), pages);
    List<ClinicState> shown = found.subList((page - 1) * SIZE, Math.min(found.size(), page * SIZE));
    html.leaf("h2", found.size() == fleet.clinics().size() ? "All clinics" : "Clinics found");
    if (shown.isEmpty()) {
      html.leaf(
          "p",
          fleet.clinics().isEmpty()
              ? "There are no clinics in the namespaces that you may see."
              : "No clinic is like that.",
          "class",
          "empty");
      return;
    }
    html.leaf(
        "p",
        "%d to %d of %d"
            .formatted((page - 1) * SIZE + 1, (page - 1) * SIZE + shown.size(), found.size()),
        "class",
        "range");
    ClinicTable.write(html, visit, shown);
    pages(html, page, pages);
  }

  private String headline() {
    long bad = fleet.count(Need.SOMEBODY);
    if (bad == 0) {
      return fleet.clinics().isEmpty() ? "No clinics" : "No clinic needs somebody";
    }
    return bad == 1 ? "1 clinic needs somebody" : bad + " clinics need somebody";
  }

  private void levels(Html html) {
    html.open("nav", "aria-label", "Clinics by state", "class", "levels").open("ul");
    String chosen = visit.query().get(Query.STATE);
    for (Need need : Need.values()) {
      boolean here = chosen.equals(need.code());
      html.open("li");
      html.open(
          "a",
          "href",
          visit.query().fresh().with(Query.STATE, need.code()).on(visit.path()),
          "class",
          "tile " + need.code(),
          "aria-current",
          here ? "true" : null);
      html.leaf("strong", Long.toString(fleet.count(need))).text(" ").leaf("span", need.words());
      html.close().close();
    }
    html.open("li");
    html.open(
        "a",
        "href",
        visit.on(visit.path()),
        "class",
        "tile",
        "aria-current",
        chosen.isEmpty() ? "true" : null);
    html.leaf("strong", Integer.toString(fleet.clinics().size())).text(" ").leaf("span", "All");
    html.close().close().close().close().line();
  }

  /** One fault may concern a thousand clinics: then it is one line here. */
  private void causes(Html html) {
    List<FleetView.Cause> causes = fleet.causes();
    if (causes.isEmpty()) {
      return;
    }
    html.leaf("h2", "What is wrong");
    html.open("ul", "class", "causes");
    for (FleetView.Cause cause : causes.stream().limit(MOST_CAUSES).toList()) {
      html.open("li");
      html.leaf(
          "a",
          cause.title(),
          "href",
          visit.query().fresh().with(Query.CAUSE, cause.title()).on(visit.path()));
      html.text(
          cause.count() == 1
              ? " at 1 clinic, for "
              : " at " + cause.count() + " clinics, for up to ");
      Moments.since(html, cause.since(), visit.now());
      html.close();
    }
    if (causes.size() > MOST_CAUSES) {
      html.leaf("li", "and " + (causes.size() - MOST_CAUSES) + " more");
    }
    html.close().line();
  }

  private void strays(Html html) {
    List<ServiceState> strays = fleet.strays();
    if (strays.isEmpty()) {
      return;
    }
    String names =
        strays.stream()
            .limit(MOST_STRAYS)
            .map(s -> s.namespace() + "/" + s.name() + " (Clinic " + s.clinic() + ")")
            .collect(Collectors.joining(", "));
    html.leaf(
        "p",
        "Services whose Clinic does not exist: "
            + names
            + (strays.size() > MOST_STRAYS ? " and " + (strays.size() - MOST_STRAYS) + " more" : "")
            + ". Create the Clinic, or delete the service.",
        "class",
        "note somebody");
  }

  private void pages(Html html, int page, int pages) {
    if (pages == 1) {
      return;
    }
    html.open("nav", "aria-label", "Pages of the list", "class", "pages");
    if (page > 1) {
      html.leaf(
          "a",
          "Previous",
          "href",
          visit.with(Query.PAGE, Integer.toString(page - 1)),
          "rel",
          "prev");
    }
    html.leaf("span", "Page %d of %d".formatted(page, pages));
    if (page < pages) {
      html.leaf(
          "a", "Next", "href", visit.with(Query.PAGE, Integer.toString(page + 1)), "rel", "next");
    }
    html.close().line();
  }
}
