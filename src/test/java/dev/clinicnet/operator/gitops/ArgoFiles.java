package dev.clinicnet.operator.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The generated forms of {@code deploy/argocd/health.lua}: settings for {@code argocd-cm}, and a
 * folder like those in Argo CD's own repository.
 */
final class ArgoFiles {
  private static final Path FOLDER = Path.of("deploy/argocd");
  private static final Path RULE = FOLDER.resolve("health.lua");

  /** A few states for Argo CD's repository, where each rule has tests. */
  private static final List<String> SHOWN =
      List.of(
          "unobserved",
          "programmed-pending",
          "programmed-api-key-rejected",
          "programmed-programmed",
          "deleting");

  private final List<StatusCase> corpus;

  ArgoFiles(List<StatusCase> corpus) {
    this.corpus = corpus;
  }

  /** All generated files with their texts. */
  Map<Path, String> generate() {
    String rule = read();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(FOLDER.resolve("argocd-cm.yaml"), settings(rule));
    for (String kind : StatusCorpus.KINDS) {
      Path folder = FOLDER.resolve("resource_customizations/clinicnet.dev").resolve(kind);
      files.put(folder.resolve("health.lua"), rule);
      files.put(folder.resolve("health_test.yaml"), tests(kind));
      shown(kind).forEach(c -> files.put(folder.resolve(input(c)), c.yaml()));
    }
    return files;
  }

  private static String read() {
    try {
      return Files.readString(RULE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String settings(String rule) {
    return """
        # Generated from health.lua: change that file, not this one.
        # kubectl -n argocd patch configmap argocd-cm --patch-file deploy/argocd/argocd-cm.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: argocd-cm
          labels:
            app.kubernetes.io/part-of: argocd
        data:
        """
        + StatusCorpus.KINDS.stream()
            .map(kind -> "  resource.customizations.health.clinicnet.dev_" + kind + ": |\n" + rule)
            .map(setting -> setting.replaceAll("\n(?=[^\n])", "\n    "))
            .collect(Collectors.joining());
  }

  private String tests(String kind) {
    return shown(kind).stream()
        .map(ArgoFiles::test)
        .collect(Collectors.joining("", "tests:\n", ""));
  }

  private static String test(StatusCase shown) {
    return """
        - healthStatus:
            status: %s
            message: "%s"
          inputPath: %s
        """
        .formatted(shown.verdict(), message(shown), input(shown));
  }

  private static String message(StatusCase shown) {
    if (shown.terminating()) {
      return "Being deleted. " + shown.message("Ready");
    }
    return shown.message("Ready").isEmpty()
        ? "The operator has not looked at this version of the manifest yet."
        : shown.message("Ready");
  }

  private static String input(StatusCase shown) {
    return "testdata/" + shown.name() + ".yaml";
  }

  private List<StatusCase> shown(String kind) {
    return corpus.stream().filter(c -> c.kind().equals(kind) && SHOWN.contains(c.name())).toList();
  }
}
