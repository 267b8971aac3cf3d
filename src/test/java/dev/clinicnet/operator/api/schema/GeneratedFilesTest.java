package dev.clinicnet.operator.api.schema;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the committed files that come from the API types as those types say. */
class GeneratedFilesTest {

  private static final String HEAD =
      "# Generated from dev.clinicnet.operator.api.v1alpha1: change the types, not this file.\n";

  static List<CustomResourceDefinition> crds() {
    return List.of(
        new CrdGeneration(Clinic.class).generate(),
        new CrdGeneration(ClinicService.class).generate(),
        new CrdGeneration(ClinicSession.class).generate(),
        new CrdGeneration(NgrokAccount.class).generate());
  }

  @ParameterizedTest
  @MethodSource("crds")
  void aCrdIsWhatItsTypesSay(CustomResourceDefinition crd) throws IOException {
    JsonNode tree = new KubernetesSerialization().convertValue(crd, JsonNode.class);

    assertCurrent(
        Path.of("crds", crd.getMetadata().getName() + ".yaml"), HEAD + GeneratedFile.yaml(tree));
  }

  @Test
  void theApiReferenceIsWhatTheTypesSay() throws IOException {
    assertCurrent(Path.of("docs/api.md"), ApiReference.write(crds()));
  }
}
