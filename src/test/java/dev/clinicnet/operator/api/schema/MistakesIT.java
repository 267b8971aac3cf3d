package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clinicnet.operator.cli.lint.Mistake;
import dev.clinicnet.operator.manifest.CorpusRefusals;
import dev.clinicnet.operator.manifest.CorpusRefusals.Cause;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server's answers to the mistakes with which lint is tested. */
class MistakesIT {
  private static final List<String> KUBERNETES =
      List.of(
          "some validation rules were not checked",
          "for an array of list-type map",
          "Checked value must be of type");

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  /** A file that is a manifest of ours, as kubectl would send it. */
  private record Sent(String name, String kind, String json) {}

  @TestFactory
  Stream<DynamicTest> theApiServerSaysOneThingInOurWords() {
    DryRun server = new DryRun(namespace);
    return sent()
        .map(
            sent ->
                dynamicTest(
                    sent.name(), () -> saysOneThing(server.causes(sent.kind(), sent.json()))));
  }

  @TestFactory
  Stream<DynamicTest> lintSaysTheSame() {
    DryRun server = new DryRun(namespace);
    return sent()
        .map(
            sent ->
                dynamicTest(
                    sent.name(),
                    () ->
                        assertThat(ServerWords.comparable(CorpusRefusals.ofText(sent.json())))
                            .isEqualTo(server.comparable(sent.kind(), sent.json()))));
  }

  /** Kubernetes itself adds some causes to an answer, which we cannot leave out. */
  private static void saysOneThing(List<Cause> causes) {
    assertThat(causes)
        .filteredOn(cause -> KUBERNETES.stream().noneMatch(cause.message()::contains))
        .hasSizeLessThan(2)
        .allSatisfy(
            cause -> assertThat(cause.message()).doesNotContainPattern(Mistake.OF_A_LIBRARY));
  }

  private static Stream<Sent> sent() {
    return Mistake.all().stream()
        .flatMap(
            mistake ->
                new ManifestReader("clinics")
                    .read(mistake.name(), mistake.text()).documents().stream()
                        .filter(ManifestValidation::knows)
                        .map(
                            document ->
                                new Sent(
                                    mistake.name(),
                                    document.kind(),
                                    Serialization.asJson(document.root().plain()))));
  }
}
