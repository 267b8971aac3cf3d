package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.ClinicState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers a request of a viewer who is known. It knows nothing of HTTP servers. */
final class Pages {
  private static final int MOST_SERVICES = 10;

  /**
   * An answer.
   *
   * @param refreshes whether the browser loads the page again by itself
   */
  record Answer(int status, String type, String body, boolean refreshes) {
    static Answer text(int status, String message) {
      return new Answer(status, "text/plain; charset=utf-8", message + "\n", false);
    }
  }

  private static final Map<String, String> FILES =
      Map.of(PageFrame.STYLE, "text/css; charset=utf-8", PageFrame.ICON, "image/svg+xml");

  private final FleetSource source;
  private final Sight sight;
  private final Clock clock;

  /** The pages of a fleet. */
  Pages(FleetSource source, Sight sight, Clock clock) {
    this.source = source;
    this.sight = sight;
    this.clock = clock;
  }

  /**
   * The answer.
   *
   * @param path the path of the URL, encoded
   * @param rawQuery the query of the URL; null if there is none
   * @throws ReviewFailure when Kubernetes does not say what the viewer may see
   */
  Answer answer(Viewer viewer, String path, String rawQuery) {
    if (FILES.containsKey(path)) {
      return new Answer(200, FILES.get(path), file(path), false);
    }
    Instant now = clock.instant();
    Fleet fleet = source.fleet().get();
    Sight.Scope scope = sight.of(viewer, namespaces(fleet));
    if (scope.isEmpty()) {
      return Answer.text(
          403,
          "You are %s. In no namespace with clinics may you list clinics, clinicservices and clinicsessions of clinicnet.dev. Somebody may bind the ClusterRole clinicnet-viewer to you."
              .formatted(viewer.name()));
    }
    Visit visit =
        new Visit(
            viewer.name(),
            scope.text(),
            path,
            Query.parse(rawQuery),
            now,
            source.leads().getAsBoolean(),
            source.runbooks());
    FleetView view = FleetView.of(fleet, scope::includes, now);
    return page(viewer, visit, view)
        .map(html -> new Answer(200, "text/html; charset=utf-8", html, visit.query().refreshes()))
        .orElseGet(() -> Answer.text(404, "There is no such page, or you may not see it."));
  }

  private Optional<String> page(Viewer viewer, Visit visit, FleetView view) {
    List<AccountFigures> accounts =
        source.accounts().get().stream().filter(account -> view.uses(account.name())).toList();
    return switch (visit.path()) {
      case PageFrame.LIST -> Optional.of(ListPage.of(visit, view, accounts));
      case PageFrame.SESSIONS -> Optional.of(SessionsPage.of(visit, view));
      case PageFrame.BUDGET ->
          Optional.of(
              visit.leads()
                  ? BudgetPage.of(visit, accounts, source.limit())
                  : BudgetPage.standby(visit, source.leader().get()));
      default -> clinic(viewer, visit, view, accounts);
    };
  }

  private Optional<String> clinic(
      Viewer viewer, Visit visit, FleetView view, List<AccountFigures> accounts) {
    String[] parts = visit.path().split("/", -1);
    if (!visit.path().startsWith(PageFrame.CLINICS) || parts.length != 4) {
      return Optional.empty();
    }
    return view.clinic(decoded(parts[2]), decoded(parts[3]))
        .map(
            clinic ->
                ClinicPage.of(
                    visit,
                    clinic,
                    events(viewer, clinic),
                    accounts.stream()
                        .filter(
                            account -> account.name().equals(clinic.clinic().getSpec().account()))
                        .toList()));
  }

  private EventsRead events(Viewer viewer, ClinicState clinic) {
    if (!sight.ofEvents(viewer, clinic.namespace())) {
      return new EventsRead(List.of(), "You may not list Events in this namespace.");
    }
    List<String> services =
        clinic.services().stream().limit(MOST_SERVICES).map(service -> service.name()).toList();
    try {
      return new EventsRead(source.events().of(clinic.namespace(), clinic.name(), services), "");
    } catch (ReviewFailure e) {
      return new EventsRead(List.of(), "Events cannot be read now: " + e.getMessage());
    }
  }

  private static Set<String> namespaces(Fleet fleet) {
    return Stream.<HasMetadata>concat(fleet.clinics().stream(), fleet.services().stream())
        .map(object -> object.getMetadata().getNamespace())
        .collect(Collectors.toSet());
  }

  private static String decoded(String element) {
    try {
      return URLDecoder.decode(element.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String file(String path) {
    try (InputStream in = Pages.class.getResourceAsStream(path.substring(1))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
