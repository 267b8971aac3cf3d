package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.attention.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The search in the list of clinics: its form, and what it finds. */
final class ClinicSearch {
  private static final int MOST_NAMESPACES = 200;

  private final Visit visit;
  private final FleetView fleet;

  ClinicSearch(Visit visit, FleetView fleet) {
    this.visit = visit;
    this.fleet = fleet;
  }

  /** Writes the form. */
  void write(Html html) {
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
    select(html, "State", Query.STATE, Arrays.stream(Need.values()).map(Need::code).toList());
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
          Need.parse(value).filter(n -> name.equals(Query.STATE)).map(Need::words).orElse(value),
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

  /** The clinics that the search and the filters find, in the order of the fleet. */
  List<ClinicState> found() {
    Query query = visit.query();
    String text = query.get(Query.SEARCH).toLowerCase(Locale.ROOT);
    String namespace = query.get(Query.NAMESPACE);
    String cause = query.get(Query.CAUSE);
    Optional<Need> need = Need.parse(query.get(Query.STATE));
    return fleet.clinics().stream()
        .filter(c -> need.isEmpty() || c.need() == need.get())
        .filter(c -> namespace.isEmpty() || c.namespace().equals(namespace))
        .filter(c -> cause.isEmpty() || c.worst().filter(p -> p.title().equals(cause)).isPresent())
        .filter(c -> text.isEmpty() || mentions(c, text))
        .toList();
  }

  /** Whether a text stands in a clinic's names, or in what is wrong with it. */
  private static boolean mentions(ClinicState clinic, String text) {
    return contains(clinic.name(), text)
        || contains(clinic.namespace(), text)
        || contains(clinic.title(), text)
        || clinic.problems().stream().anyMatch(problem -> mentions(problem, text))
        || clinic.services().stream().anyMatch(service -> contains(service.name(), text));
  }

  private static boolean mentions(Problem problem, String text) {
    return contains(problem.title(), text) || contains(problem.message(), text);
  }

  private static boolean contains(String whole, String text) {
    return whole.toLowerCase(Locale.ROOT).contains(text);
  }
}
