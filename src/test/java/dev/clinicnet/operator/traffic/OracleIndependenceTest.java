package dev.clinicnet.operator.traffic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Checks that the oracle does not take its answers from the code that it judges. */
class OracleIndependenceTest {
  private static final String OURS = "dev.clinicnet.operator.";

  @Test
  void theOracleKnowsNoPolicyNorWhoRunsThem() {
    noClasses()
        .that()
        .belongToAnyOf(AccessOracle.class, RandomAttempts.class, RestrictiveServices.class)
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage(
            OURS + "policy..", OURS + "service..", "dev.clinicnet.simulator.edge..", "dev.cel..")
        .check(new ClassFileImporter().importPackages(OURS + "traffic", OURS + "api"));
  }
}
