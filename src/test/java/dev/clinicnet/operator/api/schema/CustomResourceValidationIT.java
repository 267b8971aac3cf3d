package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clinicnet.operator.manifest.CorpusRefusals;
import dev.clinicnet.operator.manifest.CorpusRefusals.Cause;
import dev.clinicnet.operator.manifest.SpoiledManifests;
import dev.clinicnet.operator.policy.raw.PublicPolicy;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.OwnKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The corpus on a real API server. Operators of other tests would write the status of every
 * NgrokAccount on it.
 */
@OwnKubernetes
class CustomResourceValidationIT {

  private static final int SPOILED = 400;

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @TestFactory
  Stream<DynamicTest> theApiServerAcceptsWhatIsValid() throws IOException {
    return CorpusCase.all().stream()
        .filter(CorpusCase::valid)
        .map(c -> dynamicTest(c.name(), () -> accepts(c)));
  }

  @TestFactory
  Stream<DynamicTest> theApiServerAcceptsPoliciesInPublicUse() {
    DryRun server = new DryRun(namespace);
    return PublicPolicy.all()
        .map(
            policy ->
                dynamicTest(
                    policy.name(), () -> server.create("ClinicService", json(policy.service()))));
  }

  private static String json(String yaml) {
    return Serialization.asJson(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }

  @TestFactory
  Stream<DynamicTest> theApiServerRefusesWhatIsInvalidAndSaysWhy() throws IOException {
    return CorpusCase.all().stream()
        .filter(c -> !c.valid())
        .map(c -> dynamicTest(c.name(), () -> refuses(c)));
  }

  /** Random mistakes, by a seed. */
  @Test
  void lintSaysOfRandomMistakesWhatTheApiServerSays() throws IOException {
    SpoiledManifests mistakes = new SpoiledManifests(20261123);
    List<CorpusCase> valid = CorpusCase.all().stream().filter(CorpusCase::valid).toList();
    SoftAssertions all = new SoftAssertions();
    DryRun server = new DryRun(namespace);
    for (int i = 0; i < SPOILED; i++) {
      GenericKubernetesResource sound = valid.get(i % valid.size()).documents().get(0);
      String spoiled = mistakes.spoil(Serialization.asJson(sound));
      all.assertThat(ServerWords.comparable(CorpusRefusals.ofText(spoiled)))
          .as(spoiled)
          .isEqualTo(server.comparable(sound.getKind(), spoiled));
    }
    all.assertAll();
  }

  private void accepts(CorpusCase corpusCase) {
    try {
      for (int i = 0; i < corpusCase.documents().size(); i++) {
        write(corpusCase, i);
      }
    } finally {
      delete(corpusCase);
    }
  }

  private void refuses(CorpusCase corpusCase) {
    int last = corpusCase.documents().size() - 1;
    try {
      for (int i = 0; i < last; i++) {
        write(corpusCase, i);
      }
      if (hasStatus(corpusCase, last)) {
        resource(corpusCase, last).create();
        assertRefused(corpusCase, () -> writeStatus(corpusCase, last));
      } else {
        assertRefused(corpusCase, () -> write(corpusCase, last));
      }
    } finally {
      delete(corpusCase);
    }
  }

  private static void assertRefused(CorpusCase corpusCase, ThrowingCallable step) {
    KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, step);
    assertThat(refusal).as("not refused").isNotNull();
    assertThat(refusal.getCode()).isEqualTo(422);
    if (ServerWords.ARE_OURS) {
      assertThat(refusal).hasMessageContaining(corpusCase.expect());
    }
    assertThat(refusal.getStatus().getDetails().getCauses())
        .extracting(
            cause ->
                ServerWords.comparable(new Cause(cause.getField(), cause.getMessage())).field())
        .extracting(field -> field.replaceAll("\\[\\d+]", "[]"))
        .contains(ServerWords.comparable(new Cause(corpusCase.blamedField(), "")).field());
    assertThat(refusal.getStatus().getDetails().getCauses())
        .extracting(
            cause -> ServerWords.comparable(new Cause(cause.getField(), cause.getMessage())))
        .as("what lint says")
        .containsExactlyInAnyOrderElementsOf(lint(corpusCase));
  }

  private static List<Cause> lint(CorpusCase corpusCase) {
    try {
      return CorpusRefusals.of(corpusCase).stream().map(ServerWords::comparable).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(CorpusCase corpusCase, int document) {
    if (document == 0) {
      resource(corpusCase, document).fieldValidation(Validation.STRICT).create();
    } else {
      resource(corpusCase, document).fieldValidation(Validation.STRICT).update();
    }
    if (hasStatus(corpusCase, document)) {
      writeStatus(corpusCase, document);
    }
  }

  private void writeStatus(CorpusCase corpusCase, int document) {
    resource(corpusCase, document).fieldValidation(Validation.STRICT).updateStatus();
  }

  private static boolean hasStatus(CorpusCase corpusCase, int document) {
    return corpusCase.documents().get(document).getAdditionalProperties().containsKey("status");
  }

  private NamespaceableResource<GenericKubernetesResource> resource(
      CorpusCase corpusCase, int document) {
    return namespace.admin().resource(corpusCase.documents().get(document));
  }

  private void delete(CorpusCase corpusCase) {
    resource(corpusCase, 0).delete();
  }
}
