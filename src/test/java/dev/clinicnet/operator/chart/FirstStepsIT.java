package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of {@code docs/first-steps.md} unchanged on a new cluster. The cluster has no
 * nodes, so a process replaces the pod, and the simulator replaces ngrok and its agents.
 */
class FirstStepsIT {
  private static final Path PAGE = Path.of("docs/first-steps.md");
  private static final String HOME = "clinic-operator";
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- not run: FirstStepsIT does, on a cluster -->\n```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SITE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SHOWN = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
  private static final int PATIENCE_SECONDS = 120;

  @TempDir Path directory;

  @Test
  void theCommandsLeadToAReadySiteAndBack() throws Exception {
    String page = Files.readString(PAGE);
    List<String> blocks = groups(BLOCK, page);
    assertThat(blocks).hasSize(6);
    Files.writeString(directory.resolve("site.yaml"), groups(SITE, page).get(0));
    Files.writeString(directory.resolve("key.txt"), RunningOperator.API_KEY + "\n");
    Files.createSymbolicLink(directory.resolve("helm"), Path.of("helm").toAbsolutePath());

    try (RealKubernetes kubernetes = RealKubernetes.start();
        NgrokAccount account = NgrokAccount.open()) {
      Helm helm = Helm.on(kubernetes.adminKubeconfigFile());
      assertThat(run(helm, kubernetes, blocks.get(0))).contains("is installed in clinic-operator");

      try (PodProcess pod = startPod(helm, kubernetes, account)) {
        assertThat(run(helm, kubernetes, blocks.get(1)))
            .contains("clinic.clinicnet.dev/clinic1 condition met")
            .contains("clinicservice.clinicnet.dev/rest-api condition met");
        // A Clinic counts its services a moment after they are Ready.
        String listing = blocks.get(1).lines().reduce((before, last) -> last).orElseThrow();
        await()
            .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
            .untilAsserted(
                () ->
                    assertThat(rows(run(helm, kubernetes, listing)))
                        .containsAll(rows(shownIn(page))));
        assertThat(run(helm, kubernetes, blocks.get(2)).lines())
            .hasSize(2)
            .anyMatch(line -> line.startsWith("*.api.example.com CNAME "))
            .anyMatch(line -> line.startsWith("_acme-challenge.api.example.com CNAME "));

        run(helm, kubernetes, blocks.get(3));
        assertThat(directory.resolve("README.txt")).content().contains("ngrok service install");
        assertThat(directory.resolve("HELP.txt")).content().contains("192.168.1.100");
        JsonNode agent = account.connectAgent(Files.readString(directory.resolve("ngrok.yml")));
        assertThat(agent.path("session_id").asText()).as(agent.toString()).isNotEmpty();
        run(helm, kubernetes, blocks.get(4));

        run(helm, kubernetes, blocks.get(5));
        assertThat(account.all("endpoints")).filteredOn(FirstStepsIT::isCloud).isEmpty();
        assertThat(account.all("service_users")).isEmpty();
        assertThat(kubernetes.kubectl("-n", HOME, "get", "deployments")).isEmpty();
        assertThat(pod.log()).doesNotContain(RunningOperator.API_KEY);
      }
    }
  }

  /** The differences from a cluster with nodes: the ngrok URL, the port and the intervals. */
  private PodProcess startPod(Helm helm, RealKubernetes kubernetes, NgrokAccount account)
      throws IOException {
    helm.run(
        "upgrade",
        HOME,
        Helm.CHART,
        "--namespace=" + HOME,
        "--reuse-values",
        "--set=ngrokApiUrl=" + account.url(),
        "--set=agentInterval=1s",
        "--set=httpPort=" + freePort());
    Deployment deployment =
        kubernetes.adminClient().apps().deployments().inNamespace(HOME).withName(HOME).require();
    assertThat(Files.readString(PAGE))
        .contains(
            "docker push "
                + deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getImage()
                + "\n");
    return PodProcess.start(kubernetes, deployment, directory.resolve("pod"));
  }

  /** Runs a block unchanged, and returns its output. */
  private String run(Helm helm, RealKubernetes kubernetes, String commands)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String programs =
        kubernetes.kubectlProgram().getParent() + ":" + helm.program().getParent() + ":";
    builder.environment().merge("PATH", programs, (path, first) -> first + path);
    builder.environment().put("KUBECONFIG", kubernetes.adminKubeconfigFile().toString());
    for (String home : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")) {
      builder.environment().put(home, directory.resolve("nothing").toString());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(output);
    assertThat(ended).as("%s%nprinted: %s", commands, printed).isTrue();
    assertThat(process.exitValue()).as("%s%nprinted: %s", commands, printed).isZero();
    return printed;
  }

  private static String shownIn(String page) {
    return groups(SHOWN, page).get(0);
  }

  /** The rows of tables, without the last column, which is the age. */
  private static List<String> rows(String tables) {
    return tables
        .lines()
        .filter(line -> line.startsWith("NAME ") || line.startsWith("clinic"))
        .map(line -> line.strip().replaceAll("\\s+", " ").replaceAll(" \\S+$", ""))
        .toList();
  }

  private static boolean isCloud(JsonNode endpoint) {
    return endpoint.path("type").asText().equals("cloud");
  }

  private static List<String> groups(Pattern pattern, String page) {
    return pattern.matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
