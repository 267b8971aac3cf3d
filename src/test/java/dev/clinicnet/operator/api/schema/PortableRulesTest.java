package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules need nothing of the API server's own CEL libraries, so other programs can use them. */
class PortableRulesTest {

  private static final CelCompiler CEL =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();

  @ParameterizedTest
  @ValueSource(
      classes = {Clinic.class, ClinicService.class, ClinicSession.class, NgrokAccount.class})
  void everyRuleCompilesWithStandardAndStringFunctions(Class<? extends HasMetadata> kind) {
    List<ValidationRule> rules = new ArrayList<>();
    collect(
        new CrdGeneration(kind)
            .generate()
            .getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema(),
        rules);

    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              CelValidationResult result = CEL.compile(rule.getRule());
              assertThat(result.hasError()).as(result.getErrorString()).isFalse();
            });
  }

  private static void collect(JSONSchemaProps schema, List<ValidationRule> rules) {
    if (schema.getXKubernetesValidations() != null) {
      rules.addAll(schema.getXKubernetesValidations());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(property -> collect(property, rules));
    }
    if (schema.getItems() != null) {
      collect(schema.getItems().getSchema(), rules);
    }
  }
}
