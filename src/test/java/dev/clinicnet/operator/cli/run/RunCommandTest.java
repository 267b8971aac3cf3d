package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.Main;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.StubApiServer;
import dev.clinicnet.testkit.LogCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Each reason for which {@code run} does not run: one line, and the exit code. */
class RunCommandTest {
  private static final String KEY = "2abcDEF_secretpart";

  @TempDir Path directory;
  private final Map<String, String> variables = new TreeMap<>(Map.of("NGROK_API_KEY", KEY));
  private final StubApiServer kubernetes = new StubApiServer();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    kubernetes.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--drift-interval=0|'0' is too often: use 100ms or more",
        "--drift-interval=10|'10' is not a duration: write it like 24h",
        "--agent-interval=50ms|'50ms' is too often",
        "--undo-window=7d|'7d' is not a duration",
        "--undo-window=7d|(undoWindow in the chart's values)",
        "--namespaces=a,B|(watchNamespaces in the chart's values)",
        "--http-port=65536|'65536' is not a port: use 1 to 65535, or 0",
        "--http-port=http|'http' is not a port",
        "--requests-per-minute=3|must be at least 4",
        "--requests-per-minute=many|'many' is not a number of requests",
        "--ngrok-api-url=http://api.ngrok.com|must start with https://",
        "--ngrok-api-url=api.ngrok.com|must start with https://",
        "--service-users-path=users|service_users or bot_users",
        "--namespaces=a,B|'B' is not the name of a namespace",
        "--lease-namespace=-|'-' is not the name of a namespace",
        "--log-level=verbose|'verbose' is not a log level: use error, warn, info, debug or trace",
        "--instance=a b|'a b' is not an instance",
        "--fleet-page-port=x|'x' is not a port: use 1 to 65535",
        "--fleet-page-access=open|'open' is not a way of access: use token or proxy",
        "--runbook-url=javascript:alert(1)|write it like https://example.com/a",
        "--runbook-url=https://example.com/a?b|is not the URL of a directory",
        "--edge-address=localhost|'localhost' is not HOST:PORT: write it like 127.0.0.1:8443",
        "--account-time=10|'10' is not a time such as 10@2026-01-01T00:00:00Z",
      })
  void anInvalidOptionIsNamedWithWhatWouldBeAccepted(String option, String remedy) {
    ends(ExitReason.INVALID_OPTION, run(option), option.substring(0, option.indexOf('=')));
    assertThat(err.toString()).contains(remedy);
  }

  @Test
  void whatThePodHasFromItsSurroundingsIsNoValueOfTheChart() {
    ends(ExitReason.INVALID_OPTION, run("--lease-namespace=-"), "--lease-namespace");
    assertThat(err.toString()).doesNotContain("chart");
  }

  @Test
  void anInvalidVariableIsNamedToo() {
    variables.put("CLINIC_OPERATOR_HTTP_PORT", "tcp://10.0.0.1:80");

    ends(ExitReason.INVALID_OPTION, run(), "set by CLINIC_OPERATOR_HTTP_PORT");
  }

  @Test
  void anOptionWinsOverItsVariable() {
    variables.put("CLINIC_OPERATOR_HTTP_PORT", "1");

    ends(
        ExitReason.INVALID_OPTION,
        run("--http-port=x"),
        "'x' is not a port: use 1 to 65535, or 0 for any free one (httpPort in");
  }

  @Test
  void aMistypedOptionIsCorrected() {
    ends(ExitReason.INVALID_OPTION, run("--drift-intervall=5m"), "Did you mean --drift-interval?");
  }

  @Test
  void aMistypedVariableIsNamed() {
    variables.put("CLINIC_OPERATOR_DRIFT_INTERVALL", "5m");

    ends(ExitReason.UNKNOWN_VARIABLE, run(), "CLINIC_OPERATOR_DRIFT_INTERVALL");
  }

  @Test
  void theVariablesThatKubernetesSetsForServicesAreNoMistake() {
    variables.put("CLINIC_OPERATOR_SERVICE_HOST", "10.0.0.1");
    variables.put("CLINIC_OPERATOR_SERVICE_PORT_HTTP", "8080");
    variables.put("CLINIC_OPERATOR_PORT", "tcp://10.0.0.1:8080");
    variables.put("CLINIC_OPERATOR_PORT_8080_TCP_ADDR", "10.0.0.1");
    variables.put("CLINIC_OPERATOR_METRICS_PORT_80_TCP", "tcp://10.0.0.1:80");
    variables.remove("NGROK_API_KEY");

    ends(ExitReason.API_KEY_MISSING, run(), "NGROK_API_KEY");
  }

  @Test
  void withoutAnApiKeyItSaysWhereToPutOne() {
    variables.put("NGROK_API_KEY", " ");

    ends(ExitReason.API_KEY_MISSING, run(), "set NGROK_API_KEY or give --ngrok-api-key-file");
  }

  @Test
  void twoApiKeysAreOneTooMany() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), KEY);

    ends(ExitReason.API_KEY_TWICE, run("--ngrok-api-key-file=" + file), "leave one out");
  }

  @Test
  void anApiKeyOfSeveralWordsIsRefusedAndNotRepeated() {
    variables.put("NGROK_API_KEY", KEY + " and more");

    ends(ExitReason.API_KEY_UNUSABLE, run(), "NGROK_API_KEY holds no API key");
    variables.put("NGROK_API_KEY", "ngrok_pat_");
    ends(ExitReason.API_KEY_UNUSABLE, run(), "Access Tokens");
  }

  @Test
  void aFileWithoutApiKeyIsRefused() throws IOException {
    variables.remove("NGROK_API_KEY");
    Path empty = Files.writeString(directory.resolve("key"), "\n");

    ends(ExitReason.API_KEY_UNUSABLE, run("--ngrok-api-key-file=" + empty), "holds no API key");
    ends(ExitReason.API_KEY_UNUSABLE, run("--ngrok-api-key-file=" + empty + "2"), "cannot be read");
  }

  @Test
  void aKubeconfigMustBeOneAndSelectACluster() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad"), "{token: " + KEY);
    Path empty = Files.writeString(directory.resolve("empty"), "apiVersion: v1\nkind: Config\n");

    ends(
        ExitReason.KUBECONFIG_UNUSABLE,
        execute("--kubeconfig=" + directory.resolve("no")),
        "is not a file that can be read");
    ends(ExitReason.KUBECONFIG_UNUSABLE, execute("--kubeconfig=" + bad), "is not a kubeconfig");
    ends(ExitReason.KUBECONFIG_UNUSABLE, execute("--kubeconfig=" + empty), "selects no cluster");
  }

  @Test
  void leaderElectionNeedsANamespaceOutsideOfACluster() {
    ends(
        ExitReason.LEASE_NAMESPACE_MISSING,
        run("--leader-election"),
        "--leader-election needs --lease-namespace");
  }

  @Test
  void aNamespaceForALeaseThatIsNotUsedIsAContradiction() {
    ends(
        ExitReason.LEADER_ELECTION_CONTRADICTORY,
        run("--no-leader-election", "--lease-namespace=a"),
        "contradict each other");
  }

  @Test
  void aFleetPageIsNeverOpenToEverybody() {
    ends(
        ExitReason.FLEET_PAGE_INCOMPLETE,
        run("--fleet-page-port=0"),
        "--fleet-page-port needs --fleet-page-access token or proxy");
    ends(
        ExitReason.FLEET_PAGE_INCOMPLETE,
        run("--fleet-page-port=0", "--fleet-page-access=proxy"),
        "needs --fleet-page-proxy-secret-file FILE");
    ends(
        ExitReason.FLEET_PAGE_INCOMPLETE,
        run("--fleet-page-access=token"),
        "--fleet-page-access needs --fleet-page-port");
    ends(
        ExitReason.FLEET_PAGE_INCOMPLETE,
        run("--fleet-page-proxy-secret-file=" + directory.resolve("secret")),
        "--fleet-page-proxy-secret-file needs --fleet-page-port");
  }

  @Test
  void aSecretOfAProxyIsForAProxyAndLongEnough() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "too short");

    ends(
        ExitReason.FLEET_PAGE_CONTRADICTORY,
        run(
            "--fleet-page-port=0",
            "--fleet-page-access=token",
            "--fleet-page-proxy-secret-file=" + secret),
        "contradict each other");
    ends(
        ExitReason.FLEET_PAGE_SECRET_UNUSABLE,
        run(
            "--fleet-page-port=0",
            "--fleet-page-access=proxy",
            "--fleet-page-proxy-secret-file=" + secret),
        "holds no secret: write one word of at least 16 characters");
    assertThat(err.toString()).doesNotContain("too short");
  }

  @Test
  void whomToTrustAtATestsEdgeNeedsTheEdge() {
    ends(
        ExitReason.EDGE_ADDRESS_MISSING,
        run("--edge-ca-file=" + directory.resolve("ca")),
        "give both, or neither");
  }

  @Test
  void theAuthoritiesOfATestsEdgeMustBeCertificates() throws IOException {
    Path file = Files.writeString(directory.resolve("ca"), "no PEM");

    ends(
        ExitReason.EDGE_AUTHORITIES_UNUSABLE,
        run("--edge-address=127.0.0.1:1", "--edge-ca-file=" + file),
        "--edge-ca-file " + file + " is not PEM");
    ends(
        ExitReason.EDGE_AUTHORITIES_UNUSABLE,
        run("--edge-address=127.0.0.1:1", "--edge-ca-file=" + file + "2"),
        "cannot be read");
  }

  @Test
  void theOptionsForTestsAreNotInTheHelp() {
    Environment nowhere = new Environment(variables, directory.resolve("no-account"));

    assertThat(RunCommand.commandLine(nowhere).getUsageMessage())
        .contains("--http-port")
        .doesNotContain("--edge-");
  }

  @Test
  void anUnreachableApiServerIsNamed() {
    kubernetes.close();

    ends(ExitReason.KUBERNETES_UNREACHABLE, run(), "http://127.0.0.1:");
  }

  @Test
  void anApiServerThatFailsIsSaidToFail() {
    kubernetes.reply("/apis/clinicnet.dev/v1alpha1", 500, "{}");

    ends(ExitReason.KUBERNETES_UNREACHABLE, run(), "fails to answer");
  }

  @Test
  void refusedCredentialsAreNotCalledUnreachable() {
    kubernetes.reply("/version", 401, "{\"kind\":\"Status\",\"code\":401}");

    ends(ExitReason.KUBERNETES_LOGIN_REFUSED, run(), "refuses the credentials");
  }

  @Test
  void missingCrdsComeWithTheCommandThatInstallsThem() {
    kubernetes.reply("/apis/clinicnet.dev/v1alpha1", 404, "{\"kind\":\"Status\",\"code\":404}");

    ends(ExitReason.CRDS_MISSING, run(), "kubectl apply --server-side -f crds/");
    assertThat(err.toString()).contains("crds.install");
    assertThat(err.toString())
        .contains("clinics, clinicservices, clinicsessions of clinicnet.dev/v1alpha1");
  }

  @Test
  void theFirstLineSaysInWordsWhatWasChosenAndAMissingNamespaceIsNamed() {
    kubernetes.reply("/api/v1/namespaces/b/events", 404, "{\"kind\":\"Status\",\"code\":404}");
    try (LogCapture log = LogCapture.begin()) {
      ends(
          ExitReason.START_FAILED,
          run("--namespaces=b,a", "--instance=east", "--http-port=0", "--drift-interval=90s"),
          "The operator could not start: ");

      assertThat(log.text())
          .contains("WARN", "--namespaces: the cluster has no namespace b: create it")
          .contains(
              "starts: instance east, namespaces a, b, 120 requests a minute to"
                  + " https://api.ngrok.com, lists every 1m30s, agents every 30s, no leader election")
          .doesNotContain("OperatorOptions[");
    }
  }

  @Test
  void theLogLevelIsThatOfTheOperatorsOwnLines() {
    Logger ours = (Logger) LoggerFactory.getLogger("dev.clinicnet");
    Level before = ours.getLevel();
    try {
      kubernetes.allow(false);
      ends(ExitReason.RIGHTS_MISSING, run("--log-level=Debug"), "Kubernetes does not allow");
      assertThat(ours.getLevel()).isEqualTo(Level.DEBUG);
    } finally {
      ours.setLevel(before);
    }
  }

  @Test
  void missingRightsAreNamedWithTheCommandThatGrantsThem() {
    kubernetes.allow(false);

    ends(
        ExitReason.RIGHTS_MISSING,
        run("--namespaces=a,b", "--lease-namespace=home"),
        "kubectl apply --server-side -k deploy/base");
    assertThat(err.toString())
        .contains("rbac.create", "watchNamespaces")
        .contains("patch clinics/status in a,", "watch secrets in b,", "update leases in home.");
  }

  @Test
  void grantsThatMayNotBeReadAreNotOverlooked() {
    kubernetes.allowAllBut("ngrokaccounts");

    ends(
        ExitReason.RIGHTS_MISSING,
        run(),
        "Kubernetes does not allow the operator to: list ngrokaccounts, watch ngrokaccounts, patch"
            + " ngrokaccounts/status. Grant it: with the ClusterRole of deploy/base or"
            + " deploy/overlays/namespaced, or give --no-grants (grants.enabled: false in the chart's"
            + " values) to trust every namespace");
    ends(
        ExitReason.START_FAILED,
        run("--no-grants", "--http-port=0"),
        "The operator could not start: ");
  }

  @Test
  void grantsThatTheClusterDoesNotKnowAreNotOverlooked() {
    kubernetes.reply(
        "/apis/clinicnet.dev/v1alpha1",
        200,
        """
        {"kind":"APIResourceList","groupVersion":"clinicnet.dev/v1alpha1","resources":[
         {"name":"clinics","namespaced":true,"kind":"Clinic","verbs":[]},
         {"name":"clinicservices","namespaced":true,"kind":"ClinicService","verbs":[]},
         {"name":"clinicsessions","namespaced":true,"kind":"ClinicSession","verbs":[]}]}
        """);

    ends(
        ExitReason.CRDS_MISSING,
        run(),
        "The cluster does not know ngrokaccounts of clinicnet.dev/v1alpha1: set crds.install to"
            + " true in the chart's values, or without Helm: kubectl apply --server-side -f crds/."
            + " Or trust every namespace with --no-grants (grants.enabled: false in the chart's"
            + " values)");
  }

  @Test
  void aMissingCrdOfExternalDNSIsToldOnlyToWhoeverWantsIt() {
    String path = "/apis/externaldns.k8s.io/v1alpha1";
    kubernetes.reply(path, 404, "{\"kind\":\"Status\",\"code\":404}");

    ends(ExitReason.CRDS_MISSING, run("--dns-endpoints"), "install the CRD of external-dns");
    variables.put("CLINIC_OPERATOR_DNS_ENDPOINTS", "true");
    ends(ExitReason.CRDS_MISSING, run(), "--dns-endpoints: the cluster does not know dnsendpoints");
    ends(ExitReason.CRDS_MISSING, run("--dns-endpoints"), "install the CRD of external-dns");
    ends(
        ExitReason.START_FAILED,
        run("--no-dns-endpoints", "--http-port=0"),
        "The operator could not start: ");
  }

  @Test
  void missingRightsOnDNSEndpointsAreNamedWithTheOverlayThatGrantsThem() {
    kubernetes.reply(
        "/apis/externaldns.k8s.io/v1alpha1",
        200,
        """
        {"kind":"APIResourceList","groupVersion":"externaldns.k8s.io/v1alpha1","resources":[
         {"name":"dnsendpoints","namespaced":true,"kind":"DNSEndpoint","verbs":[]}]}
        """);
    kubernetes.allowAllBut("dnsendpoints");

    ends(
        ExitReason.RIGHTS_MISSING,
        run("--dns-endpoints", "--namespaces=a"),
        "delete dnsendpoints in a. Grant it: with the component deploy/components/dns-endpoints");
    assertThat(err.toString()).doesNotContain("clinics/status");
  }

  @Test
  void withoutTheUidOfTheClusterAnInstanceMustBeGiven() {
    kubernetes.reply("/api/v1/namespaces/kube-system", 403, "{\"kind\":\"Status\",\"code\":403}");

    ends(ExitReason.INSTANCE_UNKNOWN, run(), "or give --instance (instance in the chart's values)");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress((InetAddress) null, 0));

      ends(
          ExitReason.PORT_TAKEN,
          run("--http-port=" + taken.getLocalPort()),
          "--http-port " + taken.getLocalPort() + " cannot be served (Address already in use)");
      assertThat(err.toString()).contains("httpPort");
    }
  }

  @Test
  void cachesThatCannotBeFilledEndTheStart() {
    ends(ExitReason.START_FAILED, run("--http-port=0"), "The operator could not start: ");
  }

  /** The first server of the process reads them. */
  @Test
  void theLimitsForSlowClientsAreSetBeforeThereIsAServer() {
    kubernetes.close();
    run();

    assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("5");
  }

  private void ends(ExitReason reason, int code, String text) {
    assertThat(err.toString()).contains(text).doesNotContain(KEY, "\tat ");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(reason.code());
  }

  private int run(String... options) {
    List<String> all = new ArrayList<>(List.of("--kubeconfig=" + kubernetes.kubeconfig(directory)));
    all.addAll(List.of(options));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... options) {
    err.getBuffer().setLength(0);
    CommandLine commands =
        Main.commandLine(new Environment(variables, directory.resolve("no-account")));
    commands.setErr(new PrintWriter(err, true));
    List<String> args = new ArrayList<>(List.of("run"));
    args.addAll(List.of(options));
    return Main.execute(commands, args.toArray(String[]::new));
  }
}
