package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Remedies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
  private static final Viewer VIEWER = SampleFleetPage.VIEWER;
  private static final String HOSTILE = "</td><script>alert('x')</script>\"\u202E&<img src=x>";

  @Test
  void whatIsWrongComesFirst() {
    String html = html("/", null);

    assertThat(html).contains("<h1>25 clinics need somebody</h1>");
    assertThat(html.indexOf("PolicyRejected</strong>"))
        .isPositive()
        .isLessThan(html.indexOf("NeverConnected</strong>"));
    assertThat(html.lastIndexOf("level somebody")).isLessThan(html.indexOf("level setup"));
    assertThat(html.lastIndexOf("level time")).isLessThan(html.indexOf("level nothing"));
    assertThat(html).contains("1 to 100 of 1000");
    assertThat(html("/", "page=10")).contains("901 to 1000 of 1000", "level nothing");
    assertThat(html("/", "page=99")).contains("Page 10 of 10");
  }

  @Test
  void oneFaultOfManyClinicsIsOneLine() {
    assertThat(html("/", null))
        .containsPattern("<a href=\"/\\?cause=AgentOffline\">AgentOffline</a> at 11 clinics");
    assertThat(html("/", "cause=AgentOffline"))
        .contains("1 to 11 of 11")
        .doesNotContain("PolicyRejected</strong>");
  }

  @Test
  void searchAndFiltersAreInTheURL() {
    assertThat(html("/", "q=CLINIC252")).contains("1 to 1 of 1", "/clinics/clinics-east/clinic252");
    assertThat(html("/", "q=way+out+to+port")).contains("1 to 11 of 11");
    assertThat(html("/", "state=setup")).contains("of 27").doesNotContain("level somebody");
    assertThat(html("/", "namespace=clinics-west&state=somebody"))
        .contains("clinics-west/")
        .doesNotContain("clinics-east/clinic");
    assertThat(html("/", "q=nothing-like-that")).contains("No clinic is like that.");
    assertThat(html("/", "q=%zz&page=-1&state=x&unknown=1&=&&")).contains("1 to 100 of 1000");
  }

  @Test
  void refreshingCanBeTurnedOffAndStaysOff() {
    assertThat(answer("/", null).refreshes()).isTrue();
    Pages.Answer off = answer("/", "refresh=off&q=clinic1");

    assertThat(off.refreshes()).isFalse();
    assertThat(text(off))
        .contains("href=\"/?q=clinic1\">Refresh by itself", "href=\"/sessions?refresh=off\"");
  }

  @Test
  void aClinicsPageSaysWhatIsWrongSinceWhenAndWhatToDo() {
    assertThat(html("/clinics/clinics-north/clinic5", null))
        .containsSubsequence(
            "Harbour Family Practice",
            "AgentOffline",
            "12 min",
            "Check the agent&#39;s host",
            "What to do: " + Remedies.of(Reason.AgentOffline).replace("'", "&#39;"),
            "https://clinicnet.dev/docs/runbooks/ClinicOperatorAgentLost.md</a>",
            "DNS records to create",
            "_acme-challenge.dashboard.clinic5.com",
            "Last changes",
            "Events",
            "AgentConnected",
            "kubectl -n clinics-north describe clinic clinic5");
  }

  @Test
  void sessionsAreShownWithTheirEndFirst() {
    String html = html("/sessions", null);

    assertThat(html)
        .contains("sessions are open")
        .containsSubsequence("over for 12 min", "ends in");
    assertThat(html).contains("ticket 40").doesNotContain("earlier-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/clinics/",
        "/clinics/clinics-east/nobody",
        "/clinics/clinics-east/clinic252/x",
        "/clinics/%zz/%zz",
        "/../style.css",
        "/Pages.class"
      })
  void whatDoesNotExistIsNotFound(String path) {
    assertThat(answer(path, null).status()).isEqualTo(404);
  }

  @Test
  void aHostileManifestIsOnlyText() {
    SampleFleet fleet = new SampleFleet(NOW);
    List<Condition> conditions = new ArrayList<>(fleet.fine());
    conditions.add(new Condition(HOSTILE, ConditionStatus.False, 1L, HOSTILE, HOSTILE, HOSTILE));
    conditions.add(
        fleet.condition(
            ConditionType.AgentOnline,
            ConditionStatus.False,
            Reason.AgentOffline,
            HOSTILE,
            Duration.ofMinutes(1)));
    fleet.clinic(HOSTILE, HOSTILE, HOSTILE, conditions, false);
    fleet.add(fleet.service(HOSTILE, HOSTILE, HOSTILE, HOSTILE, conditions));
    fleet.add(fleet.service(HOSTILE, "nobody", HOSTILE, HOSTILE, conditions));
    fleet.add(fleet.session(HOSTILE, HOSTILE, HOSTILE, HOSTILE, SessionPhase.Open, NOW));
    Pages pages = pages(fleet.fleet(), SampleFleetPage.ALLOWS_ALL);
    String own = "/clinics/" + Query.encoded(HOSTILE) + "/" + Query.encoded(HOSTILE);

    for (String path : List.of("/", "/sessions", "/budget", own)) {
      for (String query :
          List.of("", "q=" + Query.encoded(HOSTILE) + "&cause=" + Query.encoded(HOSTILE))) {
        Pages.Answer answer =
            pages.answer(new Viewer(HOSTILE, "", List.of(), Map.of()), path, query);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(text(answer))
            .as(path)
            .doesNotContain("<script", "<img", "\u202E")
            .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
      }
    }
  }

  @Test
  void anAddressInAStatusIsALinkOnlyIfItIsOneOfTheWeb() {
    Html html = new Html();
    html.open("p");
    Marks.address(html, "javascript:alert(1)//https://");
    Marks.address(html, "https://a.example.com");
    html.close();

    assertThat(html.document())
        .contains("<code>javascript:alert(1)//https://</code>", "href=\"https://a.example.com\"");
  }

  @Test
  void aViewerSeesOnlyTheNamespacesThatKubernetesWouldList() {
    Pages pages = pages(SampleFleet.of(1_000, NOW), only(Set.of("clinics-west")));

    String html = text(pages.answer(VIEWER, "/", null));
    assertThat(html)
        .contains("the namespace clinics-west", "of 334")
        .doesNotContain("clinics-east", "clinics-north");
    assertThat(pages.answer(VIEWER, "/clinics/clinics-east/clinic252", null).status())
        .isEqualTo(404);
    assertThat(text(pages.answer(VIEWER, "/sessions", null)))
        .contains("clinics-west/")
        .doesNotContain("clinics-east", "clinics-north");
    assertThat(text(pages.answer(VIEWER, "/clinics/clinics-west/clinic1", null)))
        .contains("You may not list Events in this namespace.");
  }

  @Test
  void whoMaySeeNothingGetsNothing() {
    Pages pages = pages(SampleFleet.of(10, NOW), only(Set.of()));

    Pages.Answer answer = pages.answer(VIEWER, "/", null);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(text(answer)).contains("amara@example.com").doesNotContain("clinics-", "clinic1");
  }

  @Test
  void aServiceWithoutItsClinicIsNotForgotten() {
    SampleFleet fleet = new SampleFleet(NOW);
    fleet.add(fleet.service("n", "nobody", "lost", "http://a", fleet.fine()));

    assertThat(text(pages(fleet.fleet(), SampleFleetPage.ALLOWS_ALL).answer(VIEWER, "/", null)))
        .contains("Services whose Clinic does not exist: n/lost (Clinic nobody).");
  }

  @Test
  void withoutJavaScriptAndWithoutInlineStyle() {
    for (String path : List.of("/", "/sessions", "/budget", "/clinics/clinics-east/clinic252")) {
      assertThat(html(path, null)).doesNotContain("<script", "style=", "<style", "http-equiv");
    }
  }

  private static Reviews only(Set<String> namespaces) {
    return new Reviews() {
      @Override
      public Optional<Viewer> holder(String token) {
        return Optional.of(VIEWER);
      }

      @Override
      public boolean mayList(Viewer viewer, String group, String resource, String namespace) {
        return namespaces.contains(namespace) && !resource.equals("events");
      }
    };
  }

  private static Pages pages(Fleet fleet, Reviews reviews) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Pages(
        SampleFleetPage.source(fleet, clock), new Sight(reviews, System::nanoTime), clock);
  }

  private static Pages.Answer answer(String path, String query) {
    return pages(SampleFleet.of(1_000, NOW), SampleFleetPage.ALLOWS_ALL)
        .answer(VIEWER, path, query);
  }

  private static String html(String path, String query) {
    Pages.Answer answer = answer(path, query);
    assertThat(answer.status()).isEqualTo(200);
    return text(answer);
  }

  private static String text(Pages.Answer answer) {
    return answer.body();
  }
}
