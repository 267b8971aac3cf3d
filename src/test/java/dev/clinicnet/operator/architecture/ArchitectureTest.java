package dev.clinicnet.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.clinicnet.operator.cli.Main;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Remedies;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.ngrok.NgrokApi;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.time.Duration;

/** Checks which package may use which. Reviews would miss violations of this design rule. */
@AnalyzeClasses(packages = "dev.clinicnet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String OURS = "dev.clinicnet.operator.";
  private static final String API = OURS + "api..";
  private static final String SIMULATOR = "dev.clinicnet.simulator..";
  private static final String SIMULATOR_EDGE = "dev.clinicnet.simulator.edge..";
  private static final String DEMO = "dev.clinicnet.demo..";
  private static final String CLI = OURS + "cli..";
  private static final String CONTROLLER = OURS + "controller..";
  private static final String[] KINDS = {OURS + "clinic..", OURS + "service..", OURS + "session.."};

  /** Concepts that are pure: they must be testable, and usable, without any cluster. */
  private static final String[] PURE = {
    OURS + "ngrok..",
    OURS + "policy..",
    OURS + "claim..",
    OURS + "grant..",
    OURS + "plan..",
    OURS + "inventory..",
    OURS + "agent..",
    OURS + "agentapi..",
    OURS + "condition..",
    OURS + "attention..",
    OURS + "config..",
    OURS + "certificate..",
    OURS + "suggestion..",
    OURS + "manifest.."
  };

  /** Concepts that kinds share, with those that run beside them. */
  private static final String[] SHARED = {
    OURS + "ngrok..",
    OURS + "policy..",
    OURS + "claim..",
    OURS + "grant..",
    OURS + "plan..",
    OURS + "inventory..",
    OURS + "agent..",
    OURS + "agentapi..",
    OURS + "condition..",
    OURS + "attention..",
    OURS + "config..",
    OURS + "certificate..",
    OURS + "suggestion..",
    OURS + "account..",
    OURS + "endpoint..",
    OURS + "kubernetes..",
    OURS + "reference..",
    OURS + "metrics..",
    OURS + "health..",
    OURS + "fleetpage..",
    OURS + "manifest..",
    API
  };

  /**
   * Our API types, and the plain data that they consist of ({@code
   * io.fabric8.kubernetes.api.model}, such as ObjectMeta), are allowed: nothing of them talks to a
   * cluster.
   */
  @ArchTest
  static final ArchRule pureConceptsKnowNoKubernetesClient =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule theOperatorSdkStaysInItsAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(CONTROLLER, DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javaoperatorsdk..");

  /**
   * Reconcilers go through {@code kubernetes.Cluster}, so that a harness can drive them. Its
   * failure and the base class of the CRDs' types send no requests.
   */
  @ArchTest
  static final ArchRule theKubernetesClientStaysInItsAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(CONTROLLER, CLI, DEMO, API)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.fabric8.kubernetes.client..")
                  .and(not(belongToAnyOf(KubernetesClientException.class, CustomResource.class))));

  /** A status of any kind is written in one place, and only there the base class is needed. */
  @ArchTest
  static final ArchRule onlyStatusReportKnowsTheBaseClassOfTheCrds =
      noClasses()
          .that()
          .resideOutsideOfPackages(CONTROLLER, CLI, DEMO, API)
          .and()
          .doNotBelongToAnyOf(StatusReport.class)
          .should()
          .dependOnClassesThat(belongToAnyOf(CustomResource.class));

  /**
   * And those to agents through another one, which knows nothing of ngrok's API. The simulator's
   * edge sends requests of its own clients, to upstreams only.
   */
  @ArchTest
  static final ArchRule requestsToNgrokGoThroughOneClient =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              OURS + "ngrok..", OURS + "agentapi..", CONTROLLER, DEMO, SIMULATOR_EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "java.net.http..");

  @ArchTest
  static final ArchRule theSimulatorStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(SIMULATOR)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.clinicnet..").and(not(resideInAPackage(SIMULATOR))));

  @ArchTest
  static final ArchRule nothingRestsOnTheSimulator =
      noClasses()
          .that()
          .resideOutsideOfPackages(SIMULATOR, DEMO)
          .and()
          .doNotBelongToAnyOf(Main.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SIMULATOR);

  @ArchTest
  static final ArchRule nothingRestsOnTheDemo =
      noClasses()
          .that()
          .resideOutsideOfPackage(DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DEMO);

  @ArchTest
  static final ArchRule sharedConceptsKnowNoKindNorTheProcess =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(KINDS).or(resideInAnyPackage(CONTROLLER, CLI, DEMO)));

  @ArchTest
  static final ArchRule kindsDoNotKnowTheProcess =
      noClasses()
          .that()
          .resideInAnyPackage(KINDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONTROLLER, CLI, DEMO, OURS + "metrics..", OURS + "health..");

  @ArchTest
  static final ArchRule theApiTypesAreNothingElse =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.clinicnet.operator..").and(not(resideInAPackage(API))));

  @ArchTest
  static final ArchRule noCycles = slices().matching(OURS + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Common)$");

  @ArchTest
  static final ArchRule onlyCommandsAndTheDemoPrint =
      noClasses()
          .that()
          .resideOutsideOfPackage(DEMO)
          .and()
          .doNotBelongToAnyOf(Main.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /** Else the command and the page would show different problems. */
  @ArchTest
  static final ArchRule oneJudgementSaysWhatNeedsSomebody =
      noClasses()
          .that()
          .resideInAnyPackage(OURS + "fleetpage..", OURS + "cli.status..")
          .should()
          .callMethod(Reason.class, "waits")
          .orShould()
          .dependOnClassesThat(belongToAnyOf(Remedies.class));

  /** It judges what the statuses say, and knows nothing of how they came about. */
  @ArchTest
  static final ArchRule theJudgementKnowsOnlyStatuses =
      noClasses()
          .that()
          .resideInAPackage(OURS + "attention..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.clinicnet..")
                  .and(
                      not(
                          resideInAnyPackage(
                              OURS + "attention..",
                              OURS + "condition..",
                              OURS + "config..",
                              API))));

  /** A thread that sleeps is one that reconciles nothing: reschedule instead. */
  @ArchTest
  static final ArchRule onlyTheClientSleeps =
      noClasses()
          .that()
          .resideOutsideOfPackages(SIMULATOR, DEMO)
          .and()
          .haveNameNotMatching(OURS.replace(".", "\\.") + "ngrok\\.Backoff(\\$.*)?")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class);

  @ArchTest
  static final ArchRule oneImplementationTalksToThePlatform =
      classes().that().implement(NgrokApi.class).should().resideInAPackage(OURS + "ngrok..");

  @ArchTest
  static final ArchRule stackTracesAreLogged =
      noClasses()
          .should()
          .callMethod(Throwable.class, "printStackTrace")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace", PrintStream.class);
}
