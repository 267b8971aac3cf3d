package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.ngrok.AccessScopes;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.AgentAPISite;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.SecretScanner;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.WriteBan;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** A token is only in the site kit, and the API key is nowhere, also after failures. */
@Isolated("looks at everything that is logged")
class SecretScanIT {
  private static final String KIT = "clinic1-site-kit";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @RegisterExtension final FurtherAccounts accounts = new FurtherAccounts();

  private NgrokAccount account;
  private Manifests manifests;
  private LogCapture logs;
  private final SecretScanner scanner = new SecretScanner();

  @BeforeEach
  void openAccount() {
    account = NgrokAccount.open();
    manifests = new Manifests(namespace.admin(), namespace.name());
    logs = LogCapture.begin();
    scanner.lookingFor(RunningOperator.API_KEY);
  }

  @AfterEach
  void closeAccount() {
    logs.close();
    account.close();
  }

  @Test
  void noSecretLeaksThroughTroubleAndReplacement() {
    manifests.apply("examples/clinic1");
    // The operator is made now, so that it logs everything at this level.
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = operator(client).start()) {
      manifests.awaitAllReady();
      String first = noteToken();
      account.connectAgent(manifests.file(KIT, "ngrok.yml"));
      operator.refresh();
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      rejectTheKey(operator);
      rejectTheNextCredential(first);
      refuseTheSecret(first);
      noteToken();

      places(operator).forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
      assertThat(logs.text()).contains("DEBUG io.fabric8", "DEBUG io.javaoperatorsdk");
      assertThat(scanner.leaks("the site kit", Serialization.asYaml(manifests.secret(KIT))))
          .isNotEmpty();

      plant(first);
      places(operator)
          .forEach(
              (place, text) -> {
                // None of our code can put a text into a metric, so the test adds it there.
                String searched = place.equals("metrics") ? text + first : text;
                assertThat(scanner.leaks(place, searched)).as(place).isNotEmpty();
              });
    }
  }

  @Test
  void anAccessTokenLeaksNowhereAlsoWhenItIsRefused() {
    String token =
        account.accessToken(AccessScopes.ALL.stream().map(AccessScopes.Scope::name).toList());
    scanner.lookingFor(token);
    manifests.apply("examples/clinic1");
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = operator(client).withKey(() -> token).start()) {
      manifests.awaitAllReady();
      account.fault(
          """
          {"method": "GET", "path": "/credentials", "status": 403, "error_code": "ERR_NGROK_29001",
           "msg": "The credential %s (%s) is missing the `%s` scope."}
          """
              .formatted(token, base64("user:" + token), token));
      operator.refresh();
      await().atMost(PATIENCE).until(() -> logs.text().contains("lacks the scope"));

      places(operator).forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
      LoggerFactory.getLogger("dev.clinicnet.planted").debug("planted {}", token);
      assertThat(scanner.leaks("logs", logs.text())).hasSizeGreaterThan(1);
      manifests.annotateClinic("clinic1", "example.com/planted", "x " + token);
      assertThat(scanner.leaks("Clinics", Serialization.asYaml(manifests.clinics())))
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void theKeyOfAFurtherAccountLeaksNowhereAlsoWhenItIsRefused() {
    String key = FurtherAccounts.WEST_KEY;
    account.close();
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults()
                .withoutRateLimit()
                .withApiKey(RunningOperator.API_KEY)
                .withAccount("west", key));
    NgrokAccount west = account.further("west", key);
    scanner.lookingFor(key);
    writeKeyOfWest(key);
    accounts.applyFor(namespace.name(), "west");
    manifests.applyText(Site.clinicWithDomains("one", "[]", "accountRef: {name: west}"));
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = operator(client).start()) {
      manifests.awaitAllReady();
      west.fault(
          """
          {"method": "GET", "path": "/credentials", "status": 403, "error_code": "ERR_NGROK_206",
           "msg": "Authentication failed. Your credential: `%s` (Bearer %s, %s)"}
          """
              .formatted(key, key, base64("user:" + key)));
      operator.refresh();
      await().atMost(PATIENCE).until(() -> logs.text().contains("could not be listed"));
      // Of two accounts of the same second, the one that comes first by name is the older one.
      accounts.apply("western", "west", "[]");
      await()
          .atMost(PATIENCE)
          .until(
              () -> accounts.says("western", ConditionType.ResolvedRefs).contains("APIKeyInUse"));
      writeKeyOfWest("two words " + key);
      await()
          .atMost(PATIENCE)
          .until(() -> accounts.says("west", ConditionType.ResolvedRefs).contains("no API key"));

      Map<String, String> places = places(operator);
      places.put("the further account", west.state());
      places.put(
          "NgrokAccounts",
          Serialization.asYaml(
              namespace
                  .admin()
                  .resources(dev.clinicnet.operator.api.v1alpha1.NgrokAccount.class)
                  .list()));
      places.forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
      assertThat(scanner.leaks("its Secret", Serialization.asYaml(manifests.secret("accounts"))))
          .isNotEmpty();
      LoggerFactory.getLogger("dev.clinicnet.planted").debug("planted {}", key);
      assertThat(scanner.leaks("logs", logs.text())).isNotEmpty();
    }
  }

  private void writeKeyOfWest(String key) {
    manifests.applyText(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: accounts}
        stringData: {west: %s}
        """
            .formatted(key));
  }

  @Test
  void noPrivateKeyLeaksThroughRenewalAndMistakes() {
    String rsa = Fixtures.read("rsa.pkcs8.key");
    String ec = Fixtures.read("ec.pkcs8.key");
    scanner.lookingFor(rsa.lines().toList().get(3)).lookingFor(ec.lines().toList().get(2));
    manifests.apply("examples/tls");
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = operator(client).start()) {
      manifests.awaitAllReady();
      putKey(rsa);
      manifests.awaitService("records", ConditionType.ResolvedRefs, "ResolvedRefs");
      account.connectAgent(manifests.file("clinic3-site-kit", "ngrok.yml"));
      putKey(ec);
      manifests.awaitService("records", ConditionType.ResolvedRefs, "InvalidReference");
      putKey(rsa.replace("-----END", "!-----END"));
      await()
          .atMost(PATIENCE)
          .until(() -> Serialization.asYaml(manifests.services()).contains("base64"));

      places(operator).forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
      String kit = Serialization.asYaml(manifests.secret("clinic3-site-kit"));
      assertThat(scanner.leaks("the site kit", kit)).isNotEmpty();
    }
  }

  @Test
  void neitherThePasswordNorTheKeyForTheAgentsAPILeaks() {
    try (AgentAPISite api = new AgentAPISite(account, manifests);
        KubernetesClient client = namespace.operatorClient()) {
      manifests.applyText(api.clinic() + "---\n" + api.dashboard());
      RunningOperator watchful =
          operator(client)
              .withIntervals(InOneNamespace.OFTEN, InOneNamespace.OFTEN)
              .withEdge(account.edge());
      try (ClinicOperator operator = watchful.start()) {
        manifests.awaitAllReady();
        note(api);
        JsonNode agent = api.site().connectAgent();
        manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
        String password = api.stored("password");
        account.fault(
            """
            {"method": "POST", "path": "/agent-api/endpoints", "status": 502,
             "error_code": "ERR_NGROK_316", "msg": "not with %s (%s)"}
            """
                .formatted(password, base64("clinic-operator:" + password)));
        manifests.applyText(api.site().session("s1", "10m"));
        manifests.awaitService("one-dashboard", ConditionType.Programmed, "RejectedByAgent");
        assertThat(manifests.serviceSays("one-dashboard", ConditionType.Programmed))
            .contains("ERR_NGROK_316");
        manifests.deleteSecret(AgentAPISite.SECRET);
        await()
            .atMost(PATIENCE)
            .until(
                () -> api.stored("password") != null && !api.stored("password").equals(password));
        note(api);
        manifests.applyText(api.site().session("s2", "11m"));
        account.disconnectAgent(agent.path("id").asText());
        manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentOffline");

        Map<String, String> places = places(operator);
        places.put("the account", withoutAgentsPolicies(account.state()));
        places.forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
        assertThat(
                scanner.leaks(
                    "its Secret", Serialization.asYaml(manifests.secret(AgentAPISite.SECRET))))
            .isNotEmpty();
      }
    }
  }

  @Test
  void neitherTheSecretsOfLocksNorThePasswordOfAProxyLeak() {
    String password = "planted-password-of-the-proxy";
    scanner.lookingFor(password);
    manifests.applyText(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: site-proxy, labels: {clinicnet.dev/referenced: "true"}}
        stringData: {password: %s}
        """
            .formatted(password));
    manifests.applyText(
        Site.sharing(
                "one",
                "agent: {proxyURL: 'http://one@proxy.example.com:3128', proxyPasswordSecretRef:"
                    + " {name: site-proxy, key: password}}")
            + "---\n"
            + Site.https("one-api", "one", "one.api.example.com", "internalLock: Enabled"));
    try (KubernetesClient client = namespace.operatorClient()) {
      RunningOperator watchful =
          operator(client).withIntervals(InOneNamespace.OFTEN, InOneNamespace.OFTEN);
      try (ClinicOperator operator = watchful.start()) {
        manifests.awaitAllReady();
        await()
            .atMost(PATIENCE)
            .until(() -> manifests.file("one-site-kit", "ngrok.yml").contains("traffic_policy"));
        LockKeys keys = noteLock();
        account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
        manifests.awaitService("one-api", ConditionType.InternalLocked, "LockInForce");

        // The platform repeats what it refuses.
        String next = keys.following(namespace.name() + "/one-api").reveal();
        account.fault(
            """
            {"method": "PATCH", "path": "/vault_secrets/*", "status": 400,
             "error_code": "ERR_NGROK_215", "msg": "The value %s (%s) is not valid."}
            """
                .formatted(next, base64("x" + next)));
        manifests.annotateClinic("one", "clinicnet.dev/rotate-internal-lock", "1");
        manifests.awaitService("one-api", ConditionType.Programmed, "RejectedByPlatform");
        manifests.annotateService("one-api", "clinicnet.dev/retry", "1");
        await()
            .atMost(PATIENCE)
            .until(() -> !manifests.file("one-site-kit", "internal-lock").equals(keys.reveal()));
        noteLock();

        places(operator).forEach((place, text) -> assertThat(scanner.leaks(place, text)).isEmpty());
        String kit = Serialization.asYaml(manifests.secret("one-site-kit"));
        assertThat(scanner.leaks("the site kit", kit)).hasSizeGreaterThan(2);
      }
    }
  }

  /** The keys in the Secret, and the secrets that are made from them. */
  private LockKeys noteLock() {
    LockKeys keys = LockKeys.parse(manifests.file("one-site-kit", "internal-lock")).orElseThrow();
    keys.reveal().lines().forEach(scanner::lookingFor);
    String service = namespace.name() + "/one-api";
    scanner.lookingFor(keys.present(service).reveal()).lookingFor(keys.following(service).reveal());
    return keys;
  }

  private void note(AgentAPISite api) {
    scanner
        .lookingFor(api.stored("password"))
        .lookingFor(api.stored("client.key").lines().toList().get(1));
  }

  /** The password is in the agent's endpoint, because the platform must check it. */
  private static String withoutAgentsPolicies(String state) {
    try {
      JsonNode tree = new ObjectMapper().readTree(state);
      for (JsonNode endpoint : tree.path("endpoints")) {
        if (!endpoint.path("type").asText().equals("cloud")) {
          ((ObjectNode) endpoint).remove("traffic_policy");
        }
      }
      return tree.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void putKey(String key) {
    Secret secret = manifests.secret("records-tls");
    namespace
        .admin()
        .resource(
            new SecretBuilder(secret)
                .addToData("tls.crt", base64(Fixtures.read("rsa.crt")))
                .addToData("tls.key", base64(key))
                .build())
        .update();
  }

  /** The platform's refusals repeat the key that they refuse. */
  private void rejectTheKey(ClinicOperator operator) {
    String key = RunningOperator.API_KEY;
    account.fault(
        """
        {"method": "GET", "path": "/credentials", "status": 403, "error_code": "ERR_NGROK_206",
         "msg": "Authentication failed. Your credential: `%s` (Bearer %s, %s)"}
        """
            .formatted(key, key, base64("user:" + key)));
    operator.refresh();
    await().atMost(PATIENCE).until(() -> logs.text().contains("could not be listed"));
  }

  private void rejectTheNextCredential(String token) {
    account.fault(
        """
        {"method": "POST", "path": "/credentials", "status": 403, "error_code": "ERR_NGROK_206",
         "msg": "Your authtoken: `%s` is not the same as %s"}
        """
            .formatted(token, RunningOperator.API_KEY));
    manifests.deleteSecret(KIT);
    manifests.awaitClinic("clinic1", ConditionType.Programmed, "APIKeyRejected");
  }

  /** A token is issued, and the API server refuses to store it. */
  private void refuseTheSecret(String old) {
    try (WriteBan ban = WriteBan.onTokens(namespace.admin(), namespace.name())) {
      manifests.annotateClinic("clinic1", "clinicnet.dev/note", "try again");
      manifests.awaitClinic("clinic1", ConditionType.Programmed, "SiteKitNotWritten");
      ban.lift();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  manifests
                      .publishedFile(KIT, "authtoken")
                      .filter(token -> !token.equals(old))
                      .isPresent());
    }
    manifests.awaitAllReady();
  }

  private Map<String, String> places(ClinicOperator operator) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("logs", logs.text());
    places.put("Events", Serialization.asYaml(manifests.events()));
    places.put("Clinics", Serialization.asYaml(manifests.clinics()));
    places.put("ClinicServices", Serialization.asYaml(manifests.services()));
    places.put("metrics", operator.metrics());
    places.put("the account", account.state());
    return places;
  }

  private void plant(String token) {
    LoggerFactory.getLogger("dev.clinicnet.planted").debug("planted {}", base64("x:" + token));
    manifests.annotateClinic("clinic1", "example.com/planted", token);
    manifests.annotateService("rest-api", "example.com/planted", base64("xy" + token));
    account.call(
        "POST",
        "/reserved_domains",
        "{\"domain\": \"planted.example.com\", \"metadata\": \"" + token + "\"}");
    namespace
        .admin()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("planted")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Clinic")
                .withName("clinic1")
                .withNamespace(namespace.name())
                .endInvolvedObject()
                .withMessage("planted " + token)
                .build())
        .create();
  }

  private String noteToken() {
    String token = manifests.file(KIT, "authtoken");
    scanner.lookingFor(token);
    return token;
  }

  private RunningOperator operator(KubernetesClient client) {
    return RunningOperator.on(client, namespace.name(), account.url());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
