package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.kubernetes.FreshNamespace;
import org.junit.jupiter.api.Test;

/** A namespace that is deleted at once goes, with all that it had at ngrok. */
class NamespaceDeletionIT extends InOneNamespace {

  @Override
  FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  @Test
  void aNamespaceThatIsDeletedGoesWithEverythingAtNgrok() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    OnDemandSite site = new OnDemandSite(account, manifests, "three");
    manifests.applyText(site.clinic() + "---\n" + site.dashboard());
    try (site;
        ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(site.session("s1", "10m"));
      manifests.awaitSession("s1", SessionPhase.Open);

      namespace.admin().namespaces().withName(namespace.name()).delete();
      eventually(
          () ->
              assertThat(namespace.admin().namespaces().withName(namespace.name()).get()).isNull());

      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
      assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED);
      assertThat(operator.httpPort()).isPositive();
    }
  }

  @Test
  void aNamespaceThatIsDeletedWhileItConvergesGoesToo() {
    manifests.applyText(Site.all("one"));
    try (ClinicOperator operator = operator().start()) {
      eventually(() -> assertThat(account.all("service_users")).isNotEmpty());

      namespace.admin().namespaces().withName(namespace.name()).delete();
      eventually(
          () ->
              assertThat(namespace.admin().namespaces().withName(namespace.name()).get()).isNull());

      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("service_users")).isEmpty();
      assertThat(operator.httpPort()).isPositive();
    }
  }
}
