package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.NgrokProxy;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API key is swapped for that of another account while the operator runs. */
class KeySwapIT extends InOneNamespace {
  private static final String RIGHT = RunningOperator.API_KEY;
  private static final String WRONG = "2otherotherotherotherotherot_OTHERotherOTHERotherOT1";

  /** Each key leads to its own account. */
  private static final class Accounts extends NgrokProxy {
    private final URI right;
    private final URI wrong;

    Accounts(URI right, URI wrong) throws IOException {
      super(right);
      this.right = right;
      this.wrong = wrong;
    }

    @Override
    protected URI target(HttpExchange exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      return authorization.endsWith(WRONG) ? wrong : right;
    }
  }

  /**
   * Nobody asks for a list. With the long interval, only what the users do can show the operator
   * that the key is another one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT0.3S"})
  void nothingIsCreatedDeletedOrMarkedDone(Duration interval) throws IOException {
    AtomicReference<String> key = new AtomicReference<>(RIGHT);
    try (NgrokAccount other = NgrokAccount.open();
        Accounts accounts = new Accounts(account.url(), other.url())) {
      other.call("POST", "/reserved_domains", "{\"domain\": \"somebody.example.net\"}");
      manifests.applyText(Site.all("one"));
      manifests.applyText(Site.all("two"));
      try (ClinicOperator operator =
          operator(accounts.url())
              .withKey(key::get)
              .withIntervals(Duration.ofHours(1), interval)
              .start()) {
        manifests.awaitAllReady();
        String kit = manifests.file("one-site-kit", "authtoken");
        account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
        String mine = account.state();
        String theirs = other.state();
        account.forgetRequests();
        other.forgetRequests();

        key.set(WRONG);
        manifests.deleteService("one-api");
        manifests.deleteService("two-db");
        manifests.deleteClinic("two");
        manifests.applyText(Site.all("three"));
        manifests.annotateClinic("one", Annotations.ROTATE, "1");

        for (String clinic : new String[] {"one", "two", "three"}) {
          manifests.awaitClinic(clinic, ConditionType.Programmed, "AccountMismatch");
        }
        manifests.awaitService("one-api", ConditionType.Programmed, "AccountMismatch");
        manifests.awaitService("two-db", ConditionType.Programmed, "AccountMismatch");
        Settled.awaitStill(
            () ->
                manifests.clinic("two") != null
                    && manifests.service("one-api") != null
                    && manifests.service("two-db") != null);
        assertThat(other.writes()).isEmpty();
        assertThat(other.state()).isEqualTo(theirs);
        assertThat(account.writes()).isEmpty();
        assertThat(account.state()).isEqualTo(mine);
        assertThat(manifests.file("one-site-kit", "authtoken")).isEqualTo(kit);
        assertThat(manifests.publishedFile("three-site-kit", "authtoken")).isEmpty();

        key.set(RIGHT);
        operator.refresh();

        manifests.awaitClinicGone("two");
        manifests.awaitServiceGone("one-api");
        eventually(() -> assertThat(manifests.file("one-site-kit", "authtoken")).isNotEqualTo(kit));
        manifests.awaitClinic("three", ConditionType.Programmed, "Programmed");
        assertThat(other.writes()).isEmpty();
      }
    }
  }
}
