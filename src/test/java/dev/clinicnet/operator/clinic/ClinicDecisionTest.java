package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClinicDecisionTest {
  private static final String EARLIER = "2025-01-01T00:00:00Z";

  @Test
  void aNewClinicGetsItsDomainsThenItsUserThenItsCredential() {
    // Given
    Clinic clinic = clinic("clinic1").shared("*.api.com").exclusive("a.com").build();
    // Then
    assertThat(ClinicScene.of(clinic).steps())
        .containsExactly(
            "create reserved_domains *.api.com",
            "create reserved_domains a.com",
            "create service_users clinicnet-clinics-clinic1-" + hash(clinic));
    assertThat(ClinicScene.of(clinic("clinic1").build()).user().steps())
        .containsExactly("create credentials of Clinic clinics/clinic1");
  }

  @Test
  void aClinicThatHasEverythingNeedsNothing() {
    // When
    ClinicDecision decision = complete(clinic("clinic1").exclusive("a.com").build()).decide();
    // Then
    assertThat(decision.remote()).isEmpty();
    assertThat(decision.siteKit()).isPresent();
    assertThat(reason(decision, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
    assertThat(reason(decision, ConditionType.ResolvedRefs)).isEqualTo(Reason.ResolvedRefs);
    assertThat(decision.status().authtoken().credentialID()).isEqualTo("cr_1");
    assertThat(decision.status().serviceUser().id()).isEqualTo("usr_1");
  }

  @Test
  void aDomainOfAnotherAccountIsRefused() {
    // Given
    Clinic clinic = clinic("clinic1").shared("*.api.com").build();
    Owner holder = new Owner("Clinic", "clinics", "first");
    Mark mark = Mark.of("i", holder, "uid", "first");
    // Then
    assertRefused(
        ClinicScene.of(clinic).elsewhere(reserved("*.api.com", mark.text())).user(),
        Reason.DomainConflict,
        "in another ngrok account of the operator, west, for Clinic clinics/first,");
    assertRefused(
        ClinicScene.of(clinic).elsewhere(reserved("*.api.com", null)).user(),
        Reason.DomainConflict,
        "is reserved in another ngrok account of the operator, and ngrok gives a domain to one");
    assertThat(ClinicScene.of(clinic).elsewhere(reserved("*.other.com", null)).user().steps())
        .contains("create reserved_domains *.api.com");
  }

  @Test
  void anotherAccountHasItsOwnInternalDomains() {
    // Given
    Clinic later = clinic("later").internalDomain("a.shared.internal").account("west").build();
    Clinic first = clinic("first").created(EARLIER).internalDomain("shared.internal").build();
    // Then
    assertThat(ClinicScene.of(later).rival(first).user().steps()).isNotEmpty();
  }

  private static Elsewhere.Reserved reserved(String domain, String mark) {
    return new Elsewhere.Reserved(
        "west", new ReservedDomain("rd_9", null, domain, null, mark, null, null, null, null, null));
  }

  @Test
  void anInternalDomainThatTouchesAnothersIsRefused() {
    // Given
    Clinic later = clinic("later").internalDomain("a.shared.internal").build();
    Clinic first = clinic("first").created(EARLIER).internalDomain("shared.internal").build();
    // Then
    assertRefused(
        ClinicScene.of(later).rival(first).user(),
        Reason.InternalDomainConflict,
        "Clinic clinics/first");
    assertThat(ClinicScene.of(first).rival(later).user().steps()).isNotEmpty();
  }

  @Test
  void aForeignCredentialThatMayBindSomethingThereHoldsTheInternalDomain() {
    for (String rule :
        List.of("bind:x.clinic1.internal", "bind:*.internal", "bind:*.x.clinic1.internal")) {
      assertRefused(
          ClinicScene.of(clinic("clinic1").build()).user().credential("cr_9", "ops", rule),
          Reason.InternalDomainConflict,
          "held by a credential of the account");
    }
    assertThat(
            ClinicScene.of(clinic("clinic1").build())
                .user()
                .credential("cr_9", "ops", "bind:*.aclinic1.internal", "bind:*.clinic10.internal")
                .steps())
        .isNotEmpty();
  }

  @Test
  void theClinicThatHasTheCredentialKeepsTheDomainFromAnEarlierOne() {
    // Given
    Clinic holder = clinic("clinic1").internalDomain("a.internal").build();
    Clinic earlier = clinic("b").created(EARLIER).internalDomain("a.internal").build();
    // Then
    assertThat(reason(complete(holder).rival(earlier).decide(), ConditionType.Accepted))
        .isEqualTo(Reason.Accepted);
  }

  @Test
  void anExclusiveDomainThatAnEarlierClinicListsIsRefused() {
    assertRefused(
        ClinicScene.of(clinic("late").exclusive("a.com").build())
            .rival(clinic("first").created(EARLIER).shared("a.com").build()),
        Reason.DomainConflict,
        "Clinic clinics/first");
  }

  @Test
  void anAgentAPIHostOutsideTheDomainsIsRefused() {
    assertRefused(
        ClinicScene.of(clinic("clinic1").shared("*.api.com").agentAPI("a.b.api.com").build()),
        Reason.HostNotCovered,
        "a.b.api.com");
  }

  @Test
  void anAgentAPIHostThatAServiceHasIsRefused() {
    assertRefused(
        ClinicScene.of(clinic("clinic1").shared("*.api.com").agentAPI("a.api.com").build())
            .hostRival(service("web").created(EARLIER).https("a.api.com").build()),
        Reason.HostConflict,
        "ClinicService clinics/web");
  }

  @Test
  void aSecretOfSomebodyElseIsNotTouched() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user().foreignSecret();

    assertRefused(scene, Reason.SiteKitSecretConflict, "clinic1-site-kit");
    assertThat(scene.decide().siteKit()).isEmpty();
  }

  @Test
  void nothingThatTheStatusSaidIsLostWhileItCannotBeFound() {
    // Given
    ClinicStatus last =
        clinicStatus()
            .domains(List.of(new DomainStatus("a.com", "rd_1", "cname", null, null)))
            .serviceUser(new ServiceUserStatus("usr_1", "name", null))
            .authtoken(
                new AuthtokenStatus("cr_1", EARLIER, List.of("bind:a"), null, null, null, null))
            .build();
    ClinicScene scene = ClinicScene.of(clinic("clinic1").exclusive("a.com").status(last).build());
    // When
    ClinicStatus status = scene.decide().status();
    // Then
    assertThat(status.domains()).isEqualTo(last.domains());
    assertThat(status.serviceUser()).isEqualTo(last.serviceUser());
    assertThat(status.authtoken()).isEqualTo(last.authtoken());
  }

  @Test
  void whatIsUnknownIsNeitherCreatedNorTakenForProgrammed() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").exclusive("a.com").build());
    // When
    ClinicDecision decision = ClinicDecision.decide(scene.observeUnswept());
    // Then
    assertThat(decision.remote()).isEmpty();
    assertThat(reason(decision, ConditionType.Programmed)).isEqualTo(Reason.Pending);
  }

  @Test
  void anUnknownCredentialIsNeitherCreatedNorTakenForProgrammed() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();
    scene.observe();
    scene.inventory.doubt(Resource.CREDENTIALS);
    // When
    ClinicDecision decision = ClinicDecision.decide(scene.observeUnswept());
    // Then
    assertThat(decision.remote()).isEmpty();
    assertThat(reason(decision, ConditionType.Programmed)).isEqualTo(Reason.Pending);
  }

  private static ClinicScene complete(Clinic clinic) {
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_1", null);
    Mark mark = scene.mark();
    List<String> acl = AgentPermissions.of(scene.observe());
    scene.credential("cr_1", mark.withNonce("n"), acl.toArray(String[]::new));
    int id = 0;
    for (var domain : clinic.getSpec().domains()) {
      scene.domain("rd_" + ++id, domain.name(), domain.shared() ? Mark.shared("i") : mark);
    }
    return scene;
  }

  private static void assertRefused(ClinicScene scene, Reason reason, String message) {
    ClinicDecision decision = scene.decide();
    assertThat(decision.assessment().get(ConditionType.Accepted))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.isTrue()).isFalse();
              assertThat(verdict.reason()).isEqualTo(reason);
              assertThat(verdict.message()).contains(message);
            });
    assertThat(decision.remote()).isEmpty();
  }

  private static Reason reason(ClinicDecision decision, ConditionType type) {
    return decision.assessment().get(type).orElseThrow().reason();
  }

  private static String hash(Clinic clinic) {
    String name = dev.clinicnet.operator.claim.ClinicNames.serviceUser("i", clinic);
    return name.substring(name.lastIndexOf('-') + 1);
  }
}
