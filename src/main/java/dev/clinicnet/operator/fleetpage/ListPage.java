package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All clinics, what is wrong first. */
final class ListPage {
  /** How many clinics one page has. */
  static final int SIZE = 100;

  private static final int MOST_CAUSES = 8;
  private static final int MOST_STRAYS = 20;
  private static final int MOST_NAMESPACES = 200;

  private final Visit visit;
  private final FleetView fleet;

  private ListPage(Visit visit, FleetView fleet) {
    this.visit = visit;
    this.fleet = fleet;
  }

  /** The page. */
  static String of(Visit visit, FleetView fleet) {
    long bad = fleet.count(Level.ATTENTION);
    String title =
        bad == 0 ? "Clinics" : bad + (bad == 1 ? " clinic needs" : " clinics need") + " attention";
    return PageFrame.of(visit, title, html -> new ListPage(visit, fleet).write(html));
  }

  private void write(Html html) {
    html.leaf("h1", headline());
    levels(html);
    causes(html);
    strays(html);
    search(html);
    List<ClinicView> found = found();
    int pages = Math.max(1, (found.size() + SIZE - 1) / SIZE);
    int page = Math.min(visit.query().number(Query.PAGE, 1), pages);
    List<ClinicView> shown = found.subList((page - 1) * SIZE, Math.min(found.size(), page * SIZE));
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
    table(html, shown);
    pages(html, page, pages);
  }

  private String headline() {
    long bad = fleet.count(Level.ATTENTION);
    if (bad == 0) {
      return fleet.clinics().isEmpty() ? "No clinics" : "Nothing needs attention";
    }
    return bad == 1 ? "1 clinic needs attention" : bad + " clinics need attention";
  }

  private void levels(Html html) {
    html.open("nav", "aria-label", "Clinics by state", "class", "levels").open("ul");
    String chosen = visit.query().get(Query.STATE);
    for (Level level : Level.values()) {
      boolean here = chosen.equals(level.key());
      html.open("li");
      html.open(
          "a",
          "href",
          visit.query().fresh().with(Query.STATE, level.key()).on(visit.path()),
          "class",
          "tile " + level.key(),
          "aria-current",
          here ? "true" : null);
      html.leaf("strong", Long.toString(fleet.count(level))).text(" ").leaf("span", level.title());
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
    List<ClinicService> strays = fleet.strays();
    if (strays.isEmpty()) {
      return;
    }
    String names =
        strays.stream()
            .limit(MOST_STRAYS)
            .map(
                s ->
                    s.getMetadata().getNamespace()
                        + "/"
                        + s.getMetadata().getName()
                        + " (Clinic "
                        + s.getSpec().clinicRef().name()
                        + ")")
            .collect(Collectors.joining(", "));
    html.leaf(
        "p",
        "Services whose Clinic does not exist: "
            + names
            + (strays.size() > MOST_STRAYS ? " and " + (strays.size() - MOST_STRAYS) + " more" : "")
            + ". Create the Clinic, or delete the service.",
        "class",
        "note attention");
  }

  private void search(Html html) {
    Query query = visit.query();
    html.open(
        "form", "method", "get", "action", PageFrame.LIST, "role", "search", "class", "search");
    html.open("div").leaf("label", "Search", "for", "q");
    html.single(
        "input",
        "type",
        "search",
        "id",
        "q",
        "name",
        Query.SEARCH,
        "value",
        query.get(Query.SEARCH),
        "placeholder",
        "name, service, reason or message");
    html.close();
    select(html, "State", Query.STATE, List.of(Level.values()).stream().map(Level::key).toList());
    List<String> namespaces = fleet.namespaces();
    if (namespaces.size() > 1 && namespaces.size() <= MOST_NAMESPACES) {
      select(html, "Namespace", Query.NAMESPACE, namespaces);
    } else if (!query.get(Query.NAMESPACE).isEmpty()) {
      keep(html, Query.NAMESPACE);
    }
    keep(html, Query.CAUSE);
    keep(html, Query.REFRESH);
    html.open("div", "class", "buttons").leaf("button", "Search", "type", "submit");
    if (!query.fresh().equals(query)) {
      html.leaf("a", "Show all", "href", visit.on(PageFrame.LIST));
    }
    html.close().close().line();
    if (!query.get(Query.CAUSE).isEmpty()) {
      html.open("p", "class", "filter").text("Only with the worst problem ");
      html.leaf("strong", query.get(Query.CAUSE)).text(". ");
      html.leaf("a", "Remove this filter", "href", visit.with(Query.CAUSE, "")).close();
    }
  }

  private void select(Html html, String title, String name, List<String> values) {
    html.open("div").leaf("label", title, "for", name);
    html.open("select", "id", name, "name", name).leaf("option", "all", "value", "");
    for (String value : values) {
      html.leaf(
          "option",
          Level.parse(value).filter(l -> name.equals(Query.STATE)).map(Level::title).orElse(value),
          "value",
          value,
          "selected",
          visit.query().get(name).equals(value) ? "selected" : null);
    }
    html.close().close();
  }

  private void keep(Html html, String name) {
    String value = visit.query().get(name);
    if (!value.isEmpty()) {
      html.single("input", "type", "hidden", "name", name, "value", value);
    }
  }

  private List<ClinicView> found() {
    Query query = visit.query();
    String text = query.get(Query.SEARCH).toLowerCase(Locale.ROOT);
    String namespace = query.get(Query.NAMESPACE);
    String cause = query.get(Query.CAUSE);
    var level = Level.parse(query.get(Query.STATE));
    return fleet.clinics().stream()
        .filter(c -> level.isEmpty() || c.level() == level.get())
        .filter(c -> namespace.isEmpty() || c.namespace().equals(namespace))
        .filter(c -> cause.isEmpty() || c.worst().filter(p -> p.title().equals(cause)).isPresent())
        .filter(c -> text.isEmpty() || c.mentions(text))
        .toList();
  }

  private void table(Html html, List<ClinicView> clinics) {
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
    for (ClinicView clinic : clinics) {
      table
          .row()
          .head(cell -> name(cell, clinic))
          .cell(cell -> Marks.level(cell, clinic.level()))
          .cell(cell -> worst(cell, clinic))
          .cell(cell -> since(cell, clinic))
          .cell(agent(clinic))
          .cell(services(clinic))
          .endRow();
    }
    table.end();
  }

  private void name(Html cell, ClinicView clinic) {
    cell.leaf("a", clinic.title(), "href", visit.onClinic(clinic.namespace(), clinic.name()));
    cell.leaf("span", clinic.namespace() + "/" + clinic.name(), "class", "sub");
    int open = clinic.openSessions().size();
    if (open > 0) {
      cell.leaf(
          "span", open == 1 ? "1 session open" : open + " sessions open", "class", "sub open");
    }
  }

  private void since(Html cell, ClinicView clinic) {
    if (clinic.worst().isPresent()) {
      Moments.since(cell, clinic.since(), visit.now());
    } else {
      cell.text("–");
    }
  }

  private static void worst(Html cell, ClinicView clinic) {
    if (clinic.worst().isEmpty()) {
      cell.text("–");
      return;
    }
    Problem worst = clinic.worst().get();
    cell.leaf("strong", worst.title());
    cell.leaf("span", Marks.shortened(worst.message()), "class", "message");
    int more = clinic.problems().size() - 1;
    if (more > 0) {
      cell.leaf("span", "and " + more + " more", "class", "sub");
    }
  }

  private static String agent(ClinicView clinic) {
    ClinicStatus status = ClinicStatus.of(clinic.clinic());
    List<AgentStatus> agents = status.agents();
    if (agents.isEmpty()) {
      return Conditions.isTrue(status.conditions(), ConditionType.AgentOnline)
          ? "online"
          : "offline";
    }
    return agents.size() == 1 ? "online" : agents.size() + " online";
  }

  private static String services(ClinicView clinic) {
    long ready =
        clinic.services().stream()
            .filter(service -> Conditions.isTrue(Conditions.of(service), ConditionType.Ready))
            .count();
    return ready + " of " + clinic.services().size();
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
