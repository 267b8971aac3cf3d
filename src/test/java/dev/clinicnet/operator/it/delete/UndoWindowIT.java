package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Names that could be lost are kept for a while, and only for a while. */
@SuppressWarnings("try") // An operator only has to run.
class UndoWindowIT extends InOneNamespace {
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void deletingLeavesOnlyRetiredNamesAndTheSameManifestsGetThemBack() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().withUndoWindow(WEEK).start()) {
      manifests.awaitAllReady();
      JsonNode address = only("reserved_addrs");
      JsonNode domain = the("reserved_domains", "domain", "one.example.org");

      manifests.deleteAll();
      manifests.awaitGone();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
      assertThat(mark(only("reserved_addrs")).retiredAt()).isNotNull();
      assertThat(mark(the("reserved_domains", "domain", "one.example.org")).retiredAt())
          .isNotNull();
      assertThat(mark(the("reserved_domains", "domain", Site.SHARED)).isActive()).isTrue();

      manifests.applyText(Site.all("one"));
      manifests.awaitAllReady();
      JsonNode again = the("reserved_domains", "domain", "one.example.org");
      assertThat(id(again)).isEqualTo(id(domain));
      assertThat(again.path("cname_target")).isEqualTo(domain.path("cname_target"));
      assertThat(mark(again).isActive()).isTrue();
      assertThat(id(only("reserved_addrs"))).isEqualTo(id(address));
      assertThat(mark(only("reserved_addrs")).isActive()).isTrue();
      assertThat(manifests.service("one-db").getStatus().publicURL())
          .isEqualTo("tcp://" + address.path("addr").asText());
    }
  }

  @Test
  void withoutAWindowNamesGoAtOnce() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().withUndoWindow(Duration.ZERO).start()) {
      manifests.awaitAllReady();
      manifests.deleteAll();
      manifests.awaitGone();

      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
    }
  }

  @Test
  void aSweepReleasesWhatIsRetiredForLongEnoughAndNothingElse() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    String foreign =
        id(
            account.call(
                "POST",
                "/reserved_addrs",
                "{\"region\": \"us\", \"metadata\": \"{\\\"retiredAt\\\":"
                    + " \\\"2020-01-01T00:00:00Z\\\"}\"}"));
    try (ClinicOperator operator =
        watchfulOperator().withUndoWindow(Duration.ofSeconds(2)).start()) {
      manifests.awaitAllReady();

      manifests.deleteClinic("one");
      manifests.deleteService("one-api");
      manifests.deleteService("one-web");
      manifests.deleteService("one-db");
      eventually(
          () -> {
            assertThat(account.all("reserved_addrs")).hasSize(2);
            assertThat(account.names("reserved_domains", "domain"))
                .containsExactly(Site.SHARED, "two.example.org");
          });

      awaitSweeps(2);
      assertThat(account.all("reserved_addrs").stream().map(InOneNamespace::id))
          .containsExactlyInAnyOrder(
              foreign, manifests.service("two-db").getStatus().address().id());
      manifests.awaitAllReady();
    }
  }

  @Test
  void whatWasRetiredBeforeARestartIsReleasedAfterIt() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().withUndoWindow(WEEK).start()) {
      manifests.awaitAllReady();
      manifests.deleteAll();
      manifests.awaitGone();
    }
    assertThat(account.all("reserved_addrs")).hasSize(1);

    try (ClinicOperator operator = operator().withUndoWindow(Duration.ofMillis(1)).start()) {
      eventually(
          () -> {
            assertThat(account.all("reserved_addrs")).isEmpty();
            assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
          });
    }
  }

  @Test
  void aRetiredNameWithALivingManifestIsNeverReleased() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().withUndoWindow(WEEK).start()) {
      manifests.awaitAllReady();
    }
    JsonNode address = only("reserved_addrs");
    JsonNode domain = the("reserved_domains", "domain", "one.example.org");
    retireLongAgo("reserved_addrs", address);
    retireLongAgo("reserved_domains", domain);
    // The requests are held, so that the manifests cannot take their names back before the sweep.
    manifests.applyText(Site.clinic("one", "suspend: true"));

    try (ClinicOperator operator =
        watchfulOperator().withUndoWindow(Duration.ofMillis(1)).start()) {
      awaitSweeps(4);
      assertThat(id(only("reserved_addrs"))).isEqualTo(id(address));
      assertThat(id(the("reserved_domains", "domain", "one.example.org"))).isEqualTo(id(domain));

      manifests.applyText(Site.clinic("one"));
      eventually(() -> assertThat(mark(only("reserved_addrs")).isActive()).isTrue());
      eventually(
          () ->
              assertThat(mark(the("reserved_domains", "domain", "one.example.org")).isActive())
                  .isTrue());
    }
  }

  @Test
  void aDomainThatItsClinicNoLongerListsIsReleasedAfterTheWindow() {
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator =
        watchfulOperator().withUndoWindow(Duration.ofSeconds(2)).start()) {
      manifests.awaitAllReady();

      manifests.applyText(
          Site.clinicWithDomains("one", "[{name: '" + Site.SHARED + "', shared: true}]"));

      eventually(
          () ->
              assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED));
      manifests.awaitAllReady();
    }
  }

  private void retireLongAgo(String resource, JsonNode row) {
    String retired = mark(row).retired(Instant.parse("2020-01-01T00:00:00Z")).text();
    account.call(
        "PATCH",
        "/" + resource + "/" + id(row),
        "{\"metadata\": \"" + retired.replace("\"", "\\\"") + "\"}");
  }
}
