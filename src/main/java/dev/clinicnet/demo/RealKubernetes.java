package dev.clinicnet.demo;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with its etcd on loopback, while this object is open. The controllers for
 * deletion start on demand. There are no nodes: Deployments and Pods are accepted and never run.
 *
 * <p>Every instance has its own certificates and leaves nothing behind, also when the JVM exits
 * without closing it.
 */
public final class RealKubernetes implements AutoCloseable {

  private static final long TOKEN_SECONDS = 4 * 3600;
  private static final String FIELD_MANAGER = "clinic-operator-install";

  private final KubernetesPrograms programs;
  private final Path directory;
  private final KubeAPIServer server;
  private final List<KubernetesClient> clients = new ArrayList<>();

  /** Of all clients: what one of them has learnt of types takes time and memory. */
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private final Thread closeAtExit = new Thread(this::close, "close-kubernetes");
  private KubernetesClient adminClient;
  private KubernetesControllers controllers;
  private boolean closed;

  private RealKubernetes(KubernetesPrograms programs, Path directory, List<String> apiServerFlags) {
    this.programs = programs;
    this.directory = directory;
    this.server =
        new ImpatientApiServer(
            KubernetesPrograms.configuration()
                .withTestDir(directory.toString())
                .withApiServerVersion(programs.version())
                .withOfflineMode(true)
                .withApiServerFlag("--bind-address", "127.0.0.1")
                .withApiServerFlags(apiServerFlags)
                .build());
  }

  /**
   * Builds the programs that {@link #start} needs, with output on the screen, unless they exist.
   * The first time takes minutes. This works only from a checkout; elsewhere, {@link #start}
   * downloads them.
   */
  public static void build() {
    Path script = Path.of("dev/kube/build");
    if (!Files.isExecutable(script)) {
      return;
    }
    try {
      if (new ProcessBuilder(script.toString()).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(script + " failed: see above");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + script, e);
    }
  }

  /** The version of Kubernetes that {@link #start} takes, such as {@code 1.36.3}. */
  public static String version() {
    return KubernetesPrograms.find().version();
  }

  /** Starts an API server and waits until it answers. */
  public static RealKubernetes start() {
    return start(List.of());
  }

  /**
   * Starts an API server and waits until it answers.
   *
   * @param apiServerFlags more flags for kube-apiserver, each {@code --name=value}
   */
  public static RealKubernetes start(List<String> apiServerFlags) {
    KubernetesPrograms programs = KubernetesPrograms.find();
    RealKubernetes kubernetes =
        new RealKubernetes(programs, ownDirectory(programs), apiServerFlags);
    Runtime.getRuntime().addShutdownHook(kubernetes.closeAtExit);
    try {
      kubernetes.server.start();
      Files.writeString(kubernetes.adminKubeconfigFile(), kubernetes.adminKubeconfigYaml());
      // A local server that answers 500 has a real failure, for example with a CRD, so requests are
      // not repeated for a minute.
      kubernetes.adminClient =
          kubernetes.client(
              new ConfigBuilder(kubernetes.adminConfig()).withRequestRetryBackoffLimit(1).build());
      return kubernetes;
    } catch (IOException | RuntimeException e) {
      kubernetes.close();
      throw new IllegalStateException(
          "The API server did not start from "
              + programs.directory()
              + ": the logger io.fabric8.kubeapitest at DEBUG shows its output",
          e);
    }
  }

  /**
   * A directory in which kube-api-test finds exactly these programs and makes its certificates.
   * Otherwise it would share and keep certificates, which expire.
   */
  private static Path ownDirectory(KubernetesPrograms programs) {
    try {
      Path directory = Files.createTempDirectory("clinic-kubernetes");
      Path versions = Files.createDirectory(directory.resolve("k8s"));
      Files.createSymbolicLink(
          versions.resolve(programs.directory().getFileName()),
          programs.directory().toAbsolutePath());
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether {@link #startControllers} can work. A downloaded Kubernetes does not have the program.
   */
  public boolean hasControllers() {
    return programs.kubeControllerManager().isPresent();
  }

  /**
   * Starts the controllers of namespaces, garbage and quotas; does nothing if they run. Apply the
   * CRDs before: the garbage collector looks for new kinds only every half minute.
   */
  public synchronized void startControllers() {
    if (controllers == null) {
      Path program =
          programs
              .kubeControllerManager()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "There is no kube-controller-manager in "
                              + programs.directory()
                              + ": install Go and run dev/kube/build"));
      controllers = KubernetesControllers.start(program, directory, adminKubeconfigFile());
    }
  }

  /** A kubeconfig with all rights; the files that it names live as long as this API server. */
  public String adminKubeconfigYaml() {
    return server.getKubeConfigYaml();
  }

  /** A file with {@link #adminKubeconfigYaml}. */
  public Path adminKubeconfigFile() {
    return directory.resolve("kubeconfig.yaml");
  }

  /** The kubectl of the same version; give it {@link #adminKubeconfigFile}. */
  public Path kubectlProgram() {
    return programs.kubectl();
  }

  /** A client with all rights, closed together with this. */
  public KubernetesClient adminClient() {
    return adminClient;
  }

  /**
   * A new client that has the rights of a ServiceAccount that need not exist, through
   * impersonation. Closed together with this, or before.
   *
   * @param serviceAccountUser {@code system:serviceaccount:<namespace>:<name>}
   */
  public KubernetesClient clientAs(String serviceAccountUser) {
    String[] parts = serviceAccountUser.split(":", -1);
    if (parts.length != 4 || !serviceAccountUser.startsWith("system:serviceaccount:")) {
      throw new IllegalArgumentException(
          "not system:serviceaccount:<namespace>:<name>: " + serviceAccountUser);
    }
    return client(
        new ConfigBuilder(adminConfig())
            .withImpersonateUsername(serviceAccountUser)
            .withImpersonateGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:" + parts[2],
                "system:authenticated")
            .build());
  }

  /**
   * A new client with the token of a ServiceAccount, as in a pod. Closed together with this, or
   * before.
   *
   * @param userAgent its name in the API server's audit log
   */
  public KubernetesClient clientOf(String namespace, String serviceAccount, String userAgent) {
    return client(
        new ConfigBuilder(adminConfig())
            .withClientCertFile(null)
            .withClientKeyFile(null)
            .withOauthToken(token(namespace, serviceAccount))
            .withUserAgent(userAgent)
            .build());
  }

  /** A token of a ServiceAccount, valid for hours. */
  public String token(String namespace, String serviceAccount) {
    return adminClient
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(serviceAccount)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  private Config adminConfig() {
    return Config.fromKubeconfig(adminKubeconfigYaml());
  }

  private synchronized KubernetesClient client(Config config) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new OkHttpClientFactory())
            .withKubernetesSerialization(serialization)
            .withConfig(config)
            .build();
    clients.add(client);
    return client;
  }

  /**
   * Applies the manifests in a YAML file, or in every {@code *.yaml} of a directory, and waits
   * until the CRDs among them can be used and the bound rights are granted. A directory with a
   * {@code kustomization.yaml} is built first.
   *
   * @return the objects as the API server has stored them
   */
  public List<HasMetadata> apply(Path fileOrDirectory) {
    if (Files.exists(fileOrDirectory.resolve("kustomization.yaml"))) {
      return apply(kubectl("kustomize", fileOrDirectory.toString()));
    }
    try (Stream<Path> files =
        Files.isDirectory(fileOrDirectory)
            ? Files.list(fileOrDirectory).filter(f -> f.toString().endsWith(".yaml")).sorted()
            : Stream.of(fileOrDirectory)) {
      StringBuilder yaml = new StringBuilder();
      for (Path file : (Iterable<Path>) files::iterator) {
        yaml.append("---\n").append(Files.readString(file)).append('\n');
      }
      return apply(yaml.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies manifests from a text in the same way, CRDs and Namespaces first. */
  public List<HasMetadata> apply(String yaml) {
    List<HasMetadata> manifests =
        adminClient
            .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
            .items()
            .stream()
            .filter(Objects::nonNull)
            .sorted(
                Comparator.comparing(
                    m -> !(m instanceof CustomResourceDefinition || m instanceof Namespace)))
            .toList();
    List<HasMetadata> applied = new ArrayList<>();
    manifests.forEach(manifest -> applied.add(store(manifest)));
    applied.forEach(object -> EffectiveBinding.await(adminClient, object));
    return List.copyOf(applied);
  }

  /** Applies one object. Waits until a CRD can be used, or until bound rights are granted. */
  public HasMetadata apply(HasMetadata manifest) {
    HasMetadata result = store(manifest);
    EffectiveBinding.await(adminClient, result);
    return result;
  }

  private HasMetadata store(HasMetadata manifest) {
    HasMetadata result =
        adminClient
            .resource(manifest)
            .fieldManager(FIELD_MANAGER)
            .forceConflicts()
            .serverSideApply();
    if (result instanceof CustomResourceDefinition crd) {
      ServedCrd.await(adminClient, crd);
    }
    return result;
  }

  /**
   * Runs kubectl with all rights.
   *
   * @return its output
   * @throws IllegalStateException if it fails; the message has its output
   */
  public String kubectl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(programs.kubectl().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder kubectl = new ProcessBuilder(command);
    kubectl.environment().put("KUBECONFIG", adminKubeconfigFile().toString());
    try {
      Path complaints = Files.createTempFile(directory, "kubectl", ".stderr");
      Process process = kubectl.redirectError(complaints.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "kubectl %s ended with %d: %s%s"
                .formatted(
                    String.join(" ", arguments), code, output, Files.readString(complaints)));
      }
      Files.delete(complaints);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl ran", e);
    }
  }

  /** Stops everything and removes its files; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      clients.forEach(KubernetesClient::close);
      if (controllers != null) {
        controllers.close();
      }
    } finally {
      stopServer();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forgetExitHook();
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (KubeAPITestException | NullPointerException neverStarted) {
      // kube-api-test stops what it has started, and fails for what it has not started or has
      // already stopped.
    }
  }

  private void forgetExitHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException exiting) {
      // This hook closes it.
    }
  }
}
