package dev.clinicnet.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of Kubernetes that the tests run on. */
public final class KubernetesVersions {
  private static final Pattern PIN = Pattern.compile("require k8s\\.io/kubernetes v(\\S+)");

  private KubernetesVersions() {}

  /** The one of every run. */
  public static String pinned() {
    return KubernetesPrograms.PINNED_VERSION;
  }

  /** The lowest supported one, which a release is tested on as well. */
  public static String lowest() {
    try {
      Matcher pin = PIN.matcher(Files.readString(Path.of("dev/kube/lowest/go.mod")));
      if (!pin.find()) {
        throw new IllegalStateException("dev/kube/lowest/go.mod requires no k8s.io/kubernetes");
      }
      return pin.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
