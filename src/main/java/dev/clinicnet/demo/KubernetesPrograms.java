package dev.clinicnet.demo;

import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that holds kube-apiserver, etcd, kubectl and, if {@code dev/kube/build} made it,
 * kube-controller-manager.
 */
record KubernetesPrograms(Path directory) {

  /** The pinned version, which {@code dev/kube} builds. */
  static final String PINNED_VERSION = "1.36.3";

  /** Any patch of the pinned minor version: not every patch version can be downloaded. */
  private static final String PINNED_MINOR_VERSION = "1.36.*";

  /**
   * Finds the programs, or lets kube-api-test download them. Its environment variables {@code
   * KUBE_API_TEST_DIR} and {@code KUBE_API_TEST_API_SERVER_VERSION} choose where and which.
   */
  static KubernetesPrograms find() {
    if (System.getenv(KubeAPIServerConfigBuilder.KUBE_API_TEST_API_SERVER_VERSION) != null) {
      return in(configuration().build());
    }
    // The pinned version comes first, because a newer patch version beside it must not change a
    // test.
    try {
      return in(configuration().withApiServerVersion(PINNED_VERSION).withOfflineMode(true).build());
    } catch (KubeAPITestException notBuilt) {
      return in(configuration().withApiServerVersion(PINNED_MINOR_VERSION).build());
    }
  }

  /**
   * The base of every configuration of kube-api-test. It sets everything that would otherwise come
   * from the environment, where kube-api-test fails on a value that is not a text.
   */
  static KubeAPIServerConfigBuilder configuration() {
    return new KubeAPIServerConfigBuilder()
        .withTestDir(cache().toString())
        .withOfflineMode(false)
        .withWaitForEtcdHealthCheckOnStartup(false)
        .withStartupTimeout(120_000);
  }

  /** The same directory as in {@code dev/kube/build}. HOME may differ from Java's user.home. */
  private static Path cache() {
    String chosen = System.getenv(KubeAPIServerConfigBuilder.KUBE_API_TEST_DIR);
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen);
    }
    String home = System.getenv("HOME");
    return Path.of(
        home == null || home.isEmpty() ? System.getProperty("user.home") : home,
        KubeAPIServerConfigBuilder.DIRECTORY_NAME);
  }

  private static KubernetesPrograms in(KubeAPIServerConfig configuration) {
    BinaryManager binaries = new BinaryManager(configuration);
    binaries.initAndDownloadIfRequired();
    return new KubernetesPrograms(binaries.binaries().getKubectl().toPath().getParent());
  }

  /** The version, as kube-api-test names it. */
  String version() {
    String name = directory.getFileName().toString();
    return name.substring(0, name.indexOf('-'));
  }

  Path kubectl() {
    return directory.resolve("kubectl");
  }

  /**
   * The program may be absent if the programs were downloaded, because the archive does not have
   * it.
   */
  Optional<Path> kubeControllerManager() {
    return Optional.of(directory.resolve("kube-controller-manager")).filter(Files::isExecutable);
  }
}
