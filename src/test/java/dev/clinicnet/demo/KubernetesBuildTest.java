package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of {@code dev/kube/build} for people who wait for it. */
class KubernetesBuildTest {
  @TempDir Path empty;

  private record Run(int code, String output) {}

  @Test
  void beforeItBeginsItSaysHowMuchAndHowLong() throws Exception {
    assertThat(run("dev/kube/build --announce"))
        .satisfies(
            run -> {
              assertThat(run.code()).isZero();
              assertThat(run.output())
                  .contains(
                      "before the integration tests",
                      "4 of 4 programs of Kubernetes " + KubernetesVersions.pinned(),
                      "kube-apiserver etcd kubectl kube-controller-manager",
                      "5 minutes on 2 idle cores");
            });
    assertThat(run("dev/kube/build --lowest --announce").output())
        .contains("4 of 4 programs of Kubernetes " + KubernetesVersions.lowest());
    assertThat(empty.resolve("building")).doesNotExist();
  }

  @Test
  void eachVersionHasADirectoryOfItsOwn() throws Exception {
    assertThat(run("dev/kube/build --print-directory").output())
        .startsWith(empty + "/k8s/" + KubernetesVersions.pinned() + "-");
    assertThat(run("dev/kube/build --lowest --print-directory").output())
        .startsWith(empty + "/k8s/" + KubernetesVersions.lowest() + "-");
  }

  @Test
  void meanwhileItSaysWhichProgramAndSinceWhen() throws Exception {
    Run slow =
        run(
            "say() { echo \"$*\"; }; progress_seconds=0.1; source dev/progress;"
                + " with_progress 'etcd, 2 of 4' sleep 1");
    Run failing =
        run("say() { :; }; source dev/progress; with_progress 'etcd, 2 of 4' bash -c 'exit 3'");

    assertThat(slow.output()).containsPattern("etcd, 2 of 4: still at it after \\d s");
    assertThat(slow.code()).isZero();
    assertThat(failing.code()).isEqualTo(3);
  }

  @Test
  void whatItDoesNotKnowIsRefused() throws Exception {
    Run run = run("dev/kube/build --highest");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("unknown arguments: --highest");
  }

  /** Runs it with an empty cache, and with a Go that does nothing. */
  private Run run(String commands) throws IOException, InterruptedException {
    Path go = Files.createDirectories(empty.resolve("bin")).resolve("go");
    Files.writeString(go, "#!/bin/sh\n");
    assertThat(go.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true);
    builder.environment().put("KUBE_API_TEST_DIR", empty.toString());
    builder.environment().merge("PATH", go.getParent() + ":", (path, first) -> first + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
