package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.Site;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A deleted namespace disappears, with everything that it had at ngrok. */
@SuppressWarnings("try") // An operator only has to run.
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class NamespaceDeletionIT extends InOneNamespace {

  @Override
  protected FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  @Test
  void aNamespaceThatIsDeletedGoesWithEverythingAtNgrok() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    OnDemandSite site = new OnDemandSite(account, manifests, "three");
    manifests.applyText(site.clinic() + "---\n" + site.dashboard());
    try (site;
        LogCapture log = LogCapture.begin()) {
      try (ClinicOperator operator = operator().start()) {
        manifests.awaitAllReady();
        manifests.applyText(site.session("s1", "10m"));
        manifests.awaitSession("s1", SessionPhase.Open);

        namespace.admin().namespaces().withName(namespace.name()).delete();
        eventually(
            () ->
                assertThat(namespace.admin().namespaces().withName(namespace.name()).get())
                    .isNull());

        assertThat(account.all("endpoints")).isEmpty();
        assertThat(account.all("reserved_addrs")).isEmpty();
        assertThat(account.all("credentials")).isEmpty();
        assertThat(account.all("service_users")).isEmpty();
        assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
      }
      assertNoTraceIn(log);
    }
  }

  @Test
  void aNamespaceThatIsDeletedWhileItConvergesGoesToo() {
    manifests.applyText(Site.all("one"));
    try (LogCapture log = LogCapture.begin()) {
      try (ClinicOperator operator = operator().start()) {
        eventually(() -> assertThat(account.all("service_users")).isNotEmpty());

        namespace.admin().namespaces().withName(namespace.name()).delete();
        eventually(
            () ->
                assertThat(namespace.admin().namespaces().withName(namespace.name()).get())
                    .isNull());

        assertThat(account.all("endpoints")).isEmpty();
        assertThat(account.all("reserved_addrs")).isEmpty();
        assertThat(account.all("credentials")).isEmpty();
        assertThat(account.all("service_users")).isEmpty();
      }
      assertNoTraceIn(log);
    }
  }

  @Test
  void whatADeletedNamespaceHasLeftGoesAfterTheUndoWindowThoughNobodySawItGo() {
    Duration window = Duration.ofDays(7);
    convergeOnce(Site.clinic("one"));
    manifests.deleteAll();
    manifests.forceClinicAway("one");
    manifests.awaitGone();
    try (ClinicOperator operator = watchfulOperator().withUndoWindow(window).start()) {
      awaitSweeps(3);
      assertThat(mark(only("credentials")).retiredAt()).as("its namespace is there").isNull();

      namespace.admin().namespaces().withName(namespace.name()).delete();
      eventually(() -> assertThat(mark(only("credentials")).retiredAt()).isNotNull());
    }
    try (ClinicOperator operator =
        watchfulOperator()
            .withUndoWindow(window)
            .startAt(Clock.offset(Clock.systemUTC(), window.plusHours(1)))) {
      eventually(() -> assertThat(account.all("credentials")).isEmpty());
      eventually(() -> assertThat(account.all("service_users")).isEmpty());
    }
  }

  /** The deletion of a namespace is ordinary, so there is no Event, no warning and no exception. */
  private void assertNoTraceIn(LogCapture log) {
    assertThat(log.warningsAbout(namespace.name()))
        .filteredOn(warning -> !isOfNgrok(warning))
        .isEmpty();
  }

  /** Clinics that reserve their shared domain at the same moment. */
  private static boolean isOfNgrok(String warning) {
    return warning.startsWith("WARN " + PlanRunner.class.getName()) && warning.lines().count() == 1;
  }
}
