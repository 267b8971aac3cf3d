package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.it.drift.DriftSite;
import dev.clinicnet.operator.ngrok.AccessScopes;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API key is an access token. With the documented scopes everything works. If one of them is
 * missing, one line names it and says what to do.
 */
@SuppressWarnings("try") // An operator only has to run.
class AccessTokenIT extends InOneNamespace {
  private static final String MANAGE = "tunnel-sessions:manage";
  private static final String INGRESSES = "agent-ingresses:read";
  private static final String REMEDY = "add it to the token in the ngrok dashboard";

  /** All but those that have a test of their own. */
  static Stream<String> scopes() {
    return allScopes().stream().filter(scope -> !scope.equals(MANAGE) && !scope.equals(INGRESSES));
  }

  private static List<String> allScopes() {
    return AccessScopes.ALL.stream().map(AccessScopes.Scope::name).toList();
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void aMissingScopeIsNamedWithItsRemedy(String scope) {
    String token = tokenWithout(scope);
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().withKey(() -> token).start()) {
      eventually(() -> assertNamed(scope));
    }
  }

  /** A lock needs the vault, also of a service without a client secret and a password. */
  @ParameterizedTest
  @ValueSource(strings = {"vaults:read", "vaults:write", "secrets:read", "secrets:write"})
  void aLockedServiceNeedsTheScopesOfTheVault(String scope) {
    String token = tokenWithout(scope);
    manifests.applyText(
        Site.sharing("one")
            + "---\n"
            + Site.https("one-api", "one", "one.api.example.com", "internalLock: Enabled"));
    try (ClinicOperator operator = operator().withKey(() -> token).start()) {
      eventually(() -> assertNamed(scope));
    }
  }

  @Test
  void theDocumentedScopesSufficeAndTheOneForSessionsIsNamedWhenTheyMustEnd() {
    AtomicReference<String> key = new AtomicReference<>(account.accessToken(allScopes()));
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().withKey(key::get).start()) {
      manifests.awaitAllReady();
      account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      operator.refresh();
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");

      key.set(tokenWithout(MANAGE));
      manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");
      eventually(() -> assertNamed(MANAGE));
      assertThat(account.all("tunnel_sessions")).hasSize(1);

      key.set(account.accessToken(allScopes()));
      manifests.annotateClinic("one", "example.com/again", "1");
      eventually(() -> assertThat(account.all("tunnel_sessions")).isEmpty());
    }
  }

  @Test
  @ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
  void aListThatOnlyWarnsIsNamedInTheLog() {
    String token = tokenWithout(INGRESSES);
    manifests.applyText(Site.sharing("one", "agent: {connectURL: 'connect.example.com:443'}"));
    try (LogCapture logs = LogCapture.begin();
        ClinicOperator operator = operator().withKey(() -> token).start()) {
      eventually(
          () ->
              assertThat(logs.text().lines())
                  .anyMatch(line -> line.contains("scope " + INGRESSES) && line.contains(REMEDY)));
      manifests.awaitClinic("one", ConditionType.Programmed, "Programmed");
      assertThat(logs.text()).doesNotContain(token);
    }
  }

  private String tokenWithout(String scope) {
    List<String> others = new ArrayList<>(allScopes());
    assertThat(others.remove(scope)).isTrue();
    return account.accessToken(others);
  }

  /** Some condition names the scope, and no two say it differently in one object. */
  private void assertNamed(String scope) {
    List<List<String>> naming =
        objects()
            .map(
                conditions ->
                    conditions.stream()
                        .map(Condition::message)
                        .filter(message -> message.contains("lacks the scope " + scope + ":"))
                        .distinct()
                        .toList())
            .filter(messages -> !messages.isEmpty())
            .toList();
    assertThat(naming).isNotEmpty();
    assertThat(naming)
        .allSatisfy(
            messages ->
                assertThat(messages)
                    .singleElement(STRING)
                    .contains(REMEDY, "ERR_NGROK_29001")
                    .doesNotContain("\n")
                    .doesNotContain("ngrok_pat_"));
  }

  /** The conditions of each object. */
  private Stream<List<Condition>> objects() {
    return Stream.concat(
        manifests.clinics().stream().map(Manifests::conditions),
        manifests.services().stream().map(Manifests::conditions));
  }
}
