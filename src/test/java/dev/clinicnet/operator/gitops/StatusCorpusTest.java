package dev.clinicnet.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the committed states, and what Argo CD is given, as the operator's code has them. */
class StatusCorpusTest {
  private final List<StatusCase> corpus = StatusCorpus.generate();

  @Test
  void everyReasonIsInTheCorpus() {
    assertThat(DocumentedReasons.read().all()).contains(Reason.values());
    for (Reason reason : Reason.values()) {
      assertThat(corpus).as(reason.name()).anyMatch(c -> c.yaml().contains("reason: " + reason));
    }
  }

  @Test
  void everyKindIsSeenWithEveryVerdict() {
    for (String kind : StatusCorpus.KINDS) {
      assertThat(corpus.stream().filter(c -> c.kind().equals(kind)).map(StatusCase::verdict))
          .contains("Healthy", "Progressing", "Degraded");
    }
  }

  @Test
  void theCommittedStatesAreThoseOfTheOperator() throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    corpus.forEach(c -> files.merge(c.file(), c.yaml(), (before, next) -> before + "---\n" + next));

    assertThat(corpus).extracting(StatusCase::toString).doesNotHaveDuplicates();

    assertCurrent(StatusCase.CORPUS, files);
  }

  @Test
  void argoCDIsGivenTheRuleForEachKind() throws IOException {
    Map<Path, String> files = new ArgoFiles(corpus).generate();

    assertCurrent(Path.of("deploy/argocd/resource_customizations"), files);
  }

  /** Rewrites what differs, and removes from the folder what is not generated any more. */
  private static void assertCurrent(Path folder, Map<Path, String> files) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path path = file.getKey();
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        changed.add(path);
      }
    }
    try (Stream<Path> present = Files.walk(folder)) {
      for (Path path : present.filter(Files::isRegularFile).toList()) {
        if (!files.containsKey(path)) {
          Files.delete(path);
          changed.add(path);
        }
      }
    }
    assertThat(changed).as("rewritten: review and commit them").isEmpty();
  }
}
