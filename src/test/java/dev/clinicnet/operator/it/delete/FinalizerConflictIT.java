package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody else removes a finalizer while the operator removes its own. The operator SDK then reads
 * the object again, and needs the right for that.
 */
class FinalizerConflictIT extends InOneNamespace {
  private static final String THEIRS = "example.com/theirs";
  private static final String OURS = "clinicnet.dev/ours";

  private static List<Class<? extends HasMetadata>> kinds() {
    return StartChecks.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T extends HasMetadata> void bothGo(Class<T> kind) {
    manifests.applyText(Examples.clinic("WhenUnused"));
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: s1}
        spec: {serviceRef: {name: rest-api}, duration: 10m}
        """);
    Resource<T> object = the(kind);
    object.edit(present -> withFinalizers(present, List.of(THEIRS, OURS)));
    T seen = object.get();
    object.edit(present -> withFinalizers(present, List.of(OURS)));

    PrimaryUpdateAndCacheUtils.removeFinalizer(namespace.operator(), seen, OURS);

    assertThat(object.get().getMetadata().getFinalizers()).isEmpty();
  }

  private <T extends HasMetadata> Resource<T> the(Class<T> kind) {
    var objects = namespace.admin().resources(kind).inNamespace(namespace.name());
    return objects.withName(objects.list().getItems().get(0).getMetadata().getName());
  }

  private static <T extends HasMetadata> T withFinalizers(T object, List<String> finalizers) {
    object.getMetadata().setFinalizers(finalizers);
    return object;
  }
}
