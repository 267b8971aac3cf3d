package dev.clinicnet.operator.api.schema;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the committed files that come from the API types as those types say. */
class GeneratedFilesTest {

  @Test
  void theClinicCrdIsWhatItsTypesSay() throws IOException {
    assertCurrent(
        Path.of("crds/clinics.clinicnet.dev.yaml"),
        CrdYaml.write(new CrdGeneration(Clinic.class).generate()));
  }

  @Test
  void theClinicServiceCrdIsWhatItsTypesSay() throws IOException {
    assertCurrent(
        Path.of("crds/clinicservices.clinicnet.dev.yaml"),
        CrdYaml.write(new CrdGeneration(ClinicService.class).generate()));
  }

  @Test
  void theClinicSessionCrdIsWhatItsTypesSay() throws IOException {
    assertCurrent(
        Path.of("crds/clinicsessions.clinicnet.dev.yaml"),
        CrdYaml.write(new CrdGeneration(ClinicSession.class).generate()));
  }

  @Test
  void theNgrokAccountCrdIsWhatItsTypesSay() throws IOException {
    assertCurrent(
        Path.of("crds/ngrokaccounts.clinicnet.dev.yaml"),
        CrdYaml.write(new CrdGeneration(NgrokAccount.class).generate()));
  }

  @Test
  void theApiReferenceIsWhatTheTypesSay() throws IOException {
    assertCurrent(
        Path.of("docs/api.md"),
        ApiReference.write(
            List.of(
                new CrdGeneration(Clinic.class).generate(),
                new CrdGeneration(ClinicService.class).generate(),
                new CrdGeneration(ClinicSession.class).generate(),
                new CrdGeneration(NgrokAccount.class).generate())));
  }
}
