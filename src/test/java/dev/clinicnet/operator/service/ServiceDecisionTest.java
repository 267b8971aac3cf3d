package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.grant.AdmittingGrants;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceDecisionTest {
  private static final String HOST = "web.api.com";
  private static final String EARLIER = "2025-01-01T00:00:00Z";

  @Test
  void anHTTPSServiceGetsItsEndpointOnceItsDomainIsReserved() {
    // Given
    ServiceScene scene = ServiceScene.of(service("web").https(HOST).build()).in(accepted().build());
    // Then
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(reason(scene, ConditionType.Programmed)).isEqualTo(Reason.WaitingForDomain);
    scene.domain("*.api.com");
    assertThat(scene.steps()).containsExactly("create endpoints https://web.api.com");
    assertThat(scene.decide().status().publicURL()).as("until it is served").isNull();
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
    assertThat(reason(scene, ConditionType.ResolvedRefs)).isEqualTo(Reason.ResolvedRefs);
  }

  @Test
  void aTCPServiceGetsItsAddressAndThenItsEndpoint() {
    // Given
    ServiceScene scene = ServiceScene.of(service("db").tcp().build()).in(accepted().build());
    // Then
    assertThat(scene.decide().steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Create.class,
            create -> {
              assertThat(create.resource().is(Resource.Trait.JOURNALED)).isTrue();
              assertThat(nonce(create)).isEqualTo("fresh");
            });
    scene.addr("ra_1", "1.tcp.ngrok.io:20000", scene.mark());
    assertThat(scene.steps()).containsExactly("create endpoints tcp://1.tcp.ngrok.io:20000");
    assertThat(scene.decide().status().address().id()).isEqualTo("ra_1");
  }

  @Test
  void anIntentThatWasWrittenDownIsCarriedOutWithItsNonce() {
    // Given
    ClinicServiceStatus intended = status(null, null, new AddressStatus(null, null, "n"), null);
    ServiceScene scene =
        ServiceScene.of(service("db").tcp().status(intended).build()).in(accepted().build());
    // Then
    assertThat(nonce((Step.Create<?, ?>) scene.decide().steps().get(0))).isEqualTo("n");
    assertThat(scene.decide().status().address()).isEqualTo(intended.address());
  }

  @Test
  void anAddressIsMadeActiveAgainAndOneFromElsewhereIsUsedAsItIsWithAGrant() {
    // Given
    ServiceScene own = ServiceScene.of(service("db").tcp().build()).in(accepted().build());
    own.addr("ra_1", "1.tcp:1", own.mark().withNonce("n").retired(ServiceScene.NOW));
    ServiceScene given =
        ServiceScene.of(service("db").tcp(null, "9.tcp:9").build()).in(accepted().build());
    // Then
    assertThat(own.steps())
        .containsExactly("update reserved_addrs 1.tcp:1", "create endpoints tcp://1.tcp:1");
    assertThat(reason(given, ConditionType.ResolvedRefs)).isEqualTo(Reason.AddressNotFound);
    assertThat(given.decide().steps()).isEmpty();
    given.addr("ra_9", "9.tcp:9", null);
    assertThat(given.steps()).isEmpty();
    assertThat(reason(given, ConditionType.Accepted)).isEqualTo(Reason.AddressNotOwned);
    given.granted(AdmittingGrants.addresses("9.tcp:9"));
    assertThat(given.steps()).containsExactly("create endpoints tcp://9.tcp:9");
  }

  @Test
  void anAddressWithoutItsMarkIsStillTheOneThatReservedItAndAGrantDoesNotHelp() {
    // Given
    ClinicServiceStatus theirs =
        status(null, null, new AddressStatus("ra_9", "9.tcp:9", "n"), null);
    ServiceScene scene =
        ServiceScene.of(service("db").tcp(null, "9.tcp:9").build())
            .in(accepted().build())
            .granted(AdmittingGrants.addresses("9.tcp:9"))
            .addr("ra_9", "9.tcp:9", null);
    scene.others.add(service("first").namespace("elsewhere").tcp().status(theirs).build());
    // Then
    assertThat(scene.steps()).isEmpty();
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(Reason.AddressConflict);
    assertThat(scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().message())
        .contains("an object of another namespace")
        .doesNotContain("elsewhere", "first");
  }

  /** Two services that exchange their addresses would wait for each other. */
  @Test
  void whoAsksForAnotherAddressGivesUpTheOneThatItListensOn() {
    // Given
    EndpointStatus listening = new EndpointStatus("ep_1", "p", "e");
    ClinicServiceStatus theirs =
        status(null, "tcp://9.tcp:9", new AddressStatus("ra_9", "9.tcp:9", null), listening);
    // Then
    for (String asked : List.of("8.tcp:8", "9.tcp:9")) {
      ServiceScene scene =
          ServiceScene.of(service("db").tcp(null, "9.tcp:9").build())
              .in(accepted().build())
              .granted(AdmittingGrants.addresses("9.tcp:9"))
              .addr("ra_9", "9.tcp:9", null);
      scene.others.add(service("first").tcp(null, asked).status(theirs).build());
      assertThat(reason(scene, ConditionType.Accepted))
          .isEqualTo(asked.equals("8.tcp:8") ? Reason.Accepted : Reason.AddressConflict);
    }
  }

  @Test
  void anAddressThatWasInUseWithoutAMarkIsUsedOn() {
    // Given
    ClinicServiceStatus last =
        status(
            null,
            "tcp://9.tcp:9",
            new AddressStatus("ra_9", "9.tcp:9", null),
            new EndpointStatus("ep_1", "p", "e"));
    ServiceScene scene =
        ServiceScene.of(service("db").tcp(null, "9.tcp:9").status(last).build())
            .in(accepted().build())
            .addr("ra_9", "9.tcp:9", null);
    scene.endpoint("ep_1", "tcp://9.tcp:9", scene.mark(), null);
    // Then
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
  }

  @Test
  void whatIsUnknownIsNeitherCreatedNorTakenForProgrammed() {
    for (ServiceBuilder builder :
        List.of(
            service("web").https(HOST), service("db").tcp(), service("db").tcp(null, "9.tcp:9"))) {
      // Given
      ServiceScene scene =
          ServiceScene.of(builder.build()).in(accepted().build()).domain("*.api.com");
      scene.observe();
      scene.inventory.doubt(Resource.RESERVED_ADDRS);
      scene.inventory.doubt(Resource.ENDPOINTS);
      // When
      ServiceDecision decision = ServiceDecision.decide(scene.observeUnswept());
      // Then
      assertThat(decision.steps()).isEmpty();
      assertThat(decision.assessment().get(ConditionType.Programmed))
          .hasValueSatisfying(verdict -> assertThat(verdict.reason()).isEqualTo(Reason.Pending));
    }
  }

  @Test
  void anInternalAndAnOnDemandServiceHaveNoEndpoint() {
    // Given
    ServiceScene internal = ServiceScene.of(service("a").build()).in(accepted().build());
    ServiceScene closed =
        ServiceScene.of(service("b").https(HOST).onDemand().build()).in(accepted().build());
    closed.endpoint("ep_1", "https://" + HOST, closed.mark(), null);
    // Then
    assertThat(internal.decide().steps()).isEmpty();
    assertThat(reason(internal, ConditionType.Programmed)).isEqualTo(Reason.InternalOnly);
    assertThat(closed.steps()).containsExactly("delete endpoints https://web.api.com");
    assertThat(reason(closed, ConditionType.Programmed)).isEqualTo(Reason.NoOpenSession);
  }

  @Test
  void aMissingClinicChangesNothing() {
    // Given
    ServiceScene scene = up(service("web")).in(null);
    // When
    ServiceDecision decision = scene.decide();
    // Then
    assertThat(decision.steps()).isEmpty();
    assertThat(reason(scene, ConditionType.ResolvedRefs)).isEqualTo(Reason.ClinicNotFound);
    assertThat(decision.assessment().ready().reason()).isEqualTo(Reason.ClinicNotFound);
    assertSameBut(decision.status(), scene.observe().status());
  }

  @Test
  void aNewServiceWaitsAMomentForItsClinic() {
    // Given
    Instant now = ServiceScene.NOW;
    ServiceScene early = up(service("web").created(now.minusSeconds(4).toString())).in(null);
    ServiceScene late = up(service("web").created(now.minusSeconds(5).toString())).in(null);
    // When
    ServiceDecision waiting = early.decide();
    // Then
    assertThat(reason(early, ConditionType.ResolvedRefs)).isEqualTo(Reason.Pending);
    assertThat(waiting.requeueAt()).contains(now.plusSeconds(1));
    assertThat(waiting.steps()).isEmpty();
    assertThat(reason(late, ConditionType.ResolvedRefs)).isEqualTo(Reason.ClinicNotFound);
  }

  @Test
  void aTerminatingClinicTakesTheEndpointDownAndKeepsTheAddress() {
    // Given
    ServiceScene scene = up(service("web")).in(accepted().terminating().build());
    // When
    ServiceDecision decision = scene.decide();
    // Then
    assertThat(ServiceScene.text(decision.steps()))
        .containsExactly("delete endpoints https://web.api.com");
    assertThat(reason(scene, ConditionType.ResolvedRefs)).isEqualTo(Reason.ClinicDeleting);
    assertThat(decision.status().address()).isEqualTo(scene.observe().status().address());
    assertThat(decision.status().publicURL()).isNull();
  }

  @Test
  void aTerminatingClinicThatRetainsLeavesTheEndpoint() {
    // Given
    ServiceScene scene =
        up(service("web"))
            .in(accepted().deletionPolicy(DeletionPolicy.Retain).terminating().build());
    // Then
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.decide().status().publicURL()).isNotNull();
  }

  @Test
  void aClinicThatWasSeenTerminatingAndIsGoneWasDeleted() {
    // Given
    Condition deleting =
        new Condition(
            ConditionType.ResolvedRefs.name(),
            ConditionStatus.False,
            1L,
            EARLIER,
            Reason.ClinicDeleting.name(),
            "m");
    ClinicServiceStatus last =
        serviceStatus().conditions(List.of(deleting)).deletionPolicy(DeletionPolicy.Delete).build();
    ServiceScene scene = ServiceScene.of(service("web").https(HOST).status(last).build());
    scene.endpoint("ep_1", "https://" + HOST, scene.mark(), null);
    // Then
    assertThat(reason(scene, ConditionType.ResolvedRefs)).isEqualTo(Reason.ClinicDeleting);
    assertThat(scene.steps()).containsExactly("delete endpoints https://web.api.com");
  }

  @Test
  void aClinicThatIsNotAcceptedOrNotLookedAtHoldsItsServicesAsTheyAre() {
    // Given
    ServiceScene refused =
        up(service("web")).in(clinic("clinic1").status(ServiceScene.accepted(false)).build());
    ServiceScene fresh = up(service("web")).in(clinic("clinic1").build());
    // Then
    assertThat(reason(refused, ConditionType.ResolvedRefs)).isEqualTo(Reason.ClinicNotAccepted);
    assertThat(reason(fresh, ConditionType.ResolvedRefs)).isEqualTo(Reason.Pending);
    for (ServiceScene scene : List.of(refused, fresh)) {
      assertThat(scene.decide().steps()).isEmpty();
      assertSameBut(scene.decide().status(), scene.observe().status());
    }
  }

  @Test
  void refusesWhatTheSchemaCannotSee() {
    assertRefused(
        ServiceScene.of(service("w").https("a.b.api.com").build()), Reason.HostNotCovered);
    assertRefused(ServiceScene.of(service("w").https("api.com").build()), Reason.HostNotCovered);
    assertRefused(
        ServiceScene.of(service("w").https(HOST).allow("10.0.0.0/99").build()), Reason.Invalid);
    assertRefused(
        ServiceScene.of(service("w").internalURL("https://w.clinic2.internal").build()),
        Reason.Invalid);
    assertRefused(
        ServiceScene.of(service("w").internalURL("https://x.clinic1.internal").build())
            .sibling(
                service("v").created(EARLIER).internalURL("https://x.clinic1.internal").build()),
        Reason.InternalURLConflict);
    assertRefused(
        ServiceScene.of(service("w").https(HOST).build())
            .hostService(service("v").created(EARLIER).https(HOST).build()),
        Reason.HostConflict);
    assertRefused(
        ServiceScene.of(service("w").https(HOST).build())
            .hostClinic(
                clinic("clinic2").exclusive(HOST).status(ServiceScene.accepted(true)).build()),
        Reason.HostConflict);
    assertRefused(
        ServiceScene.of(service("w").https(HOST).build())
            .hostClinic(clinic("clinic2").created(EARLIER).agentAPI(HOST).build()),
        Reason.HostConflict);
  }

  @Test
  void aClinicThatWasRefusedTheHostHasNoRightToIt() {
    // Given
    ServiceScene scene =
        ServiceScene.of(service("w").https(HOST).build())
            .in(accepted().build())
            .hostClinic(
                clinic("clinic2").exclusive(HOST).status(ServiceScene.accepted(false)).build());
    // Then
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
  }

  /** The Clinics contest the domain; one of them is refused, and may still have what it had. */
  @Test
  void aWildcardAboveADomainOfTheOwnClinicDoesNotCount() {
    // Given
    ServiceScene scene =
        ServiceScene.of(service("w").https(HOST).build())
            .in(accepted().build())
            .hostClinic(
                clinic("clinic2").exclusive("*.com").status(ServiceScene.accepted(true)).build());
    // Then
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
  }

  @Test
  void aRefusedManifestLeavesWhatWasProgrammed() {
    // Given
    ServiceScene scene =
        up(service("web").allow("10.0.0.0/99")).in(accepted().build()).domain("*.api.com");
    // Then
    assertThat(scene.decide().steps()).isEmpty();
    assertSameBut(scene.decide().status(), scene.observe().status());
  }

  @Test
  void nothingThatTheStatusSaidIsLostWhileItIsLookedForAnew() {
    // Given
    ClinicServiceStatus last =
        status(
            "https://db.clinic1.internal",
            "tcp://1.tcp:1",
            new AddressStatus("ra_1", "1.tcp:1", "n"),
            new EndpointStatus("ep_1", "p", "e"));
    ServiceScene scene =
        ServiceScene.of(service("db").tcp().status(last).build()).in(accepted().build());
    scene.observe();
    scene.inventory.doubt(Resource.RESERVED_ADDRS);
    // Then
    ClinicServiceStatus now = ServiceDecision.decide(scene.observeUnswept()).status();
    assertThat(now.publicURL()).isEqualTo(last.publicURL());
    assertThat(now.address()).isEqualTo(last.address());
    assertThat(now.endpoint()).isEqualTo(last.endpoint());
  }

  /** A service whose endpoint and address are up, and known to its status. */
  private static ServiceScene up(ServiceBuilder builder) {
    ServiceScene scene =
        ServiceScene.of(
            builder
                .https(HOST)
                .status(
                    status(
                        "https://web.clinic1.internal",
                        "https://" + HOST,
                        new AddressStatus("ra_1", "1.tcp:1", "n"),
                        new EndpointStatus("ep_1", "p", ContentHash.of(""))))
                .build());
    scene.addr("ra_1", "1.tcp:1", scene.mark());
    return scene.endpoint("ep_1", "https://" + HOST, scene.mark(), null);
  }

  private static ClinicServiceStatus status(
      String internalURL, String publicURL, AddressStatus address, EndpointStatus endpoint) {
    return serviceStatus()
        .internalURL(internalURL)
        .publicURL(publicURL)
        .address(address)
        .endpoint(endpoint)
        .deletionPolicy(DeletionPolicy.Delete)
        .build();
  }

  private static void assertSameBut(ClinicServiceStatus now, ClinicServiceStatus last) {
    assertThat(now).usingRecursiveComparison().ignoringFields("conditions").isEqualTo(last);
  }

  private static void assertRefused(ServiceScene scene, Reason reason) {
    scene.in(accepted().build()).domain("*.api.com");
    assertThat(reason(scene, ConditionType.Accepted)).isEqualTo(reason);
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.decide().assessment().ready().reason()).isEqualTo(reason);
  }

  private static ClinicBuilder accepted() {
    return clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true));
  }

  private static Reason reason(ServiceScene scene, ConditionType type) {
    return scene.decide().assessment().get(type).orElseThrow().reason();
  }

  private static String nonce(Step.Create<?, ?> create) {
    return Mark.parse(((ReservedAddr.Create) create.body()).metadata()).orElseThrow().nonce();
  }

  static Clinic acceptedClinic() {
    return accepted().build();
  }
}
