package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.grant.AdmittingGrants;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.ReservedDomain.CertificateManagementPolicy;
import dev.clinicnet.operator.ngrok.ReservedDomain.CertificateManagementStatus;
import dev.clinicnet.operator.ngrok.ReservedDomain.ProvisioningJob;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainsDecisionTest {
  private static final Instant EARLIER = Instant.parse("2026-02-28T00:00:00Z");
  private static final Clinic ELSEWHERE = clinic("clinic2").namespace("elsewhere").build();
  private static final Mark OTHER = ClinicScene.mark(ELSEWHERE);
  private static final Mark SIBLING = ClinicScene.mark(clinic("clinic3").build());
  private static final String UPDATE = "update reserved_domains a.com";

  /** The domain a.com is reserved, with our mark, another mark, a shared one or none. */
  @ParameterizedTest
  @CsvSource({
    "exclusive, ours,           ''",
    "exclusive, ours retired,   remark",
    "exclusive, ours retained,  remark",
    "exclusive, other,          refused",
    "exclusive, other retired,  refused",
    "exclusive, sibling,        refused",
    "exclusive, sibling retired, remark",
    "exclusive, shared,         remark",
    "exclusive, nobody,         refused",
    "shared,    ours,           share",
    "shared,    ours retired,   share",
    "shared,    other,          refused",
    "shared,    other retired,  refused",
    "shared,    sibling retired, share",
    "shared,    shared,         ''",
    "shared,    nobody,         refused",
  })
  void whatBecomesOfAReservedDomainFollowsFromItsMark(
      String listed, String marked, String expected) {
    // Given
    Clinic clinic =
        listed.equals("shared")
            ? clinic("clinic1").shared("a.com").build()
            : clinic("clinic1").exclusive("a.com").build();
    ClinicScene scene = ClinicScene.of(clinic);
    scene.domain("rd_1", "a.com", mark(marked, scene.mark()));
    // When
    ClinicDecision decision = scene.decide();
    // Then
    List<String> metadata = newMetadata(decision);
    switch (expected) {
      case "remark" -> assertThat(metadata).containsExactly(scene.mark().text());
      case "share" -> assertThat(metadata).containsExactly(Mark.shared("i").text());
      default -> assertThat(metadata).isEmpty();
    }
    assertThat(decision.assessment().get(ConditionType.Accepted).orElseThrow().reason())
        .isEqualTo(expected.equals("refused") ? Reason.DomainNotOwned : Reason.Accepted);
  }

  @Test
  void theIDAndAGrantTakeOverWhatCarriesNoMarkAndItStaysWhenTheClinicGoes() {
    // Given
    ClinicScene granted =
        ClinicScene.of(adopting("rd_1")).granted(AdmittingGrants.adopting("a.com"));
    ClinicScene wrong = ClinicScene.of(adopting("rd_2")).granted(AdmittingGrants.adopting("a.com"));
    ClinicScene trusted = ClinicScene.of(adopting("rd_1"));
    Mark adopted = granted.mark().adopting();
    // Then
    assertThat(newMetadata(granted.domain("rd_1", "a.com", null).decide()))
        .containsExactly(adopted.text());
    assertThat(newMetadata(wrong.domain("rd_1", "a.com", null).decide())).isEmpty();
    assertThat(newMetadata(trusted.domain("rd_1", "a.com", null).decide())).isEmpty();
    assertThat(refusal(trusted)).contains("grant of adoption").doesNotContain("rd_1");
    assertThat(refusal(wrong)).contains("clinicnet.dev/adopt=rd_1");

    granted.domain("rd_1", "a.com", adopted);
    assertThat(ClinicScene.text(ClinicDeletion.decide(granted.observe()).steps()))
        .contains(UPDATE)
        .doesNotContain("delete reserved_domains a.com");
  }

  @Test
  void aMarkedDomainIsNeverAdoptedAndOnlyItsHolderHandsItOver() {
    // Given
    ClinicScene adopting =
        ClinicScene.of(adopting("rd_1")).granted(AdmittingGrants.adopting("a.com"));
    ClinicScene given = ClinicScene.of(clinic("clinic1").exclusive("a.com").build());
    given.rival(
        clinic("clinic2")
            .namespace("elsewhere")
            .exclusive("a.com")
            .annotation("clinicnet.dev/hand-over-to", "clinics/clinic1")
            .build());
    // Then
    assertThat(newMetadata(adopting.domain("rd_1", "a.com", OTHER).decide())).isEmpty();
    assertThat(refusal(adopting)).doesNotContain("rd_1", "clinic2", "elsewhere");
    assertThat(newMetadata(given.domain("rd_1", "a.com", OTHER).decide()))
        .containsExactly(given.mark().text());
  }

  @Test
  void whatIsKeptForADeletedClinicOfAnotherNamespaceSaysUntilWhen() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").exclusive("a.com").build());
    scene.domain("rd_1", "a.com", OTHER.retired(EARLIER));
    // Then
    assertThat(refusal(scene))
        .contains("a deleted object of another namespace until 2026-03-07T00:00:00Z")
        .contains("An administrator can free it before");
  }

  @Test
  void whatWasSharedWithoutAMarkIsUsedOnAndNeverBecomesExclusive() {
    // Given
    ClinicStatus last = domains(new DomainStatus("a.com", "rd_1", null, null, null));
    ClinicScene shared = ClinicScene.of(clinic("clinic1").shared("a.com").status(last).build());
    ClinicScene exclusive =
        ClinicScene.of(clinic("clinic1").exclusive("a.com").status(last).build());
    // Then
    assertThat(newMetadata(shared.domain("rd_1", "a.com", null).decide())).isEmpty();
    assertThat(reason(shared)).isEqualTo(Reason.Accepted);
    assertThat(newMetadata(exclusive.domain("rd_1", "a.com", null).decide())).isEmpty();
    assertThat(reason(exclusive)).isEqualTo(Reason.DomainNotOwned);
  }

  @Test
  void whatAnotherInstallationSharesIsUsedOnOrWithAGrantAndKeepsItsMark() {
    // Given
    ClinicStatus last = domains(new DomainStatus("a.com", "rd_1", null, null, null));
    Mark theirs = Mark.shared("another");
    ClinicScene used = ClinicScene.of(clinic("clinic1").shared("a.com").status(last).build());
    ClinicScene asking = ClinicScene.of(clinic("clinic1").shared("a.com").build());
    ClinicScene exclusive = ClinicScene.of(adopting("rd_1"));
    // Then
    assertThat(newMetadata(used.domain("rd_1", "a.com", theirs).decide())).isEmpty();
    assertThat(reason(used)).isEqualTo(Reason.Accepted);

    assertThat(newMetadata(asking.domain("rd_1", "a.com", theirs).decide())).isEmpty();
    assertThat(refusal(asking)).contains("another installation", "adoption of an NgrokAccount");
    asking.granted(AdmittingGrants.adopting("a.com"));
    assertThat(newMetadata(asking.decide())).isEmpty();
    assertThat(reason(asking)).isEqualTo(Reason.Accepted);
    assertThat(asking.decide().status().domains())
        .extracting(DomainStatus::id)
        .containsExactly("rd_1");

    exclusive.granted(AdmittingGrants.adopting("a.com")).domain("rd_1", "a.com", theirs);
    assertThat(reason(exclusive)).isEqualTo(Reason.DomainNotOwned);
  }

  /** The annotation says that it was adopted, also where the mark does not. */
  @Test
  void whatTheAnnotationNamesStaysAsItIs() {
    // Given
    ClinicScene scene = ClinicScene.of(adopting("rd_1")).withoutUndoWindow();
    scene.domain(described("rd_1", "bought by Ann", scene.mark()));
    ClinicScene made = ClinicScene.of(adopting("rd_2")).withoutUndoWindow();
    made.domain(described("rd_1", "changed by Bob", made.mark()));
    // Then
    assertThat(scene.steps()).doesNotContain(UPDATE);
    assertThat(made.steps()).contains(UPDATE);
    assertThat(ClinicDeletion.decide(scene.observe()).steps())
        .filteredOn(step -> step.toString().contains("reserved_domains"))
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Update.class,
            update ->
                assertThat(((ReservedDomain.Update) update.changes()).metadata())
                    .isEqualTo(scene.mark().adopting().retained().text()));
    assertThat(ClinicScene.text(ClinicDeletion.decide(made.observe()).steps()))
        .contains("delete reserved_domains a.com");
  }

  @Test
  void aSharedDomainIsReservedForTheInstanceAndAnExclusiveOneForTheClinic() {
    // Given
    ClinicScene scene =
        ClinicScene.of(clinic("clinic1").shared("*.api.com").exclusive("a.com").build());
    // When
    List<String> metadata =
        scene.decide().remote().stream()
            .filter(
                step ->
                    step instanceof Step.Create<?, ?> c
                        && c.body() instanceof ReservedDomain.Create)
            .map(step -> ((ReservedDomain.Create) ((Step.Create<?, ?>) step).body()).metadata())
            .toList();
    // Then
    assertThat(metadata).containsExactly(Mark.shared("i").text(), scene.mark().text());
  }

  @Test
  void aReservedDomainThatIsGoneIsDrift() {
    // Given
    ClinicStatus last = domains(new DomainStatus("a.com", "rd_1", null, null, null));
    // When
    ClinicDecision decision =
        ClinicScene.of(clinic("clinic1").exclusive("a.com").status(last).build()).user().decide();
    // Then
    assertThat(decision.remote().get(0).cause()).isEqualTo(Cause.DRIFT);
  }

  @Test
  void anUnlistedDomainIsRetiredOnceAndASharedOneIsLeft() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();
    scene.domain("rd_1", "a.com", scene.mark()).domain("rd_2", "*.api.com", Mark.shared("i"));
    // Then
    assertThat(newMetadata(scene.decide()))
        .containsExactly(scene.mark().retired(ClinicScene.NOW).text());
    scene.domain("rd_1", "a.com", scene.mark().retired(EARLIER));
    assertThat(scene.steps()).doesNotContain(UPDATE);
  }

  @Test
  void anUnlistedDomainGoesAtOnceWithoutAnUndoWindow() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).withoutUndoWindow();
    scene.domain("rd_1", "a.com", scene.mark()).domain("rd_3", "b.com", OTHER);
    // Then
    assertThat(scene.steps())
        .contains("delete reserved_domains a.com")
        .doesNotContain("delete reserved_domains b.com");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  '',        DomainsReady",
    "false, '',        CertificatePending",
    "false, DNS_ERROR, WaitingForDNS",
    "false, CAA,       CertificateFailed",
  })
  void tellsHowFarTheCertificateIs(boolean issued, String error, Reason reason) {
    // Given
    ReservedDomain domain =
        new ReservedDomain(
            "rd_1",
            null,
            "*.a.com",
            null,
            Mark.shared("i").text(),
            "x.cname.com",
            "y.acme.com",
            issued ? new Ref("cert_1", "") : null,
            new CertificateManagementPolicy("letsencrypt", "rsa"),
            new CertificateManagementStatus(
                null,
                error.isEmpty() ? null : new ProvisioningJob(error, "its words", null, null)));
    // When
    ClinicDecision decision =
        ClinicScene.of(clinic("clinic1").shared("*.a.com").build()).domain(domain).decide();
    // Then
    assertThat(decision.assessment().get(ConditionType.DomainsReady).orElseThrow().reason())
        .isEqualTo(reason);
    if (reason == Reason.WaitingForDNS || reason == Reason.CertificateFailed) {
      assertThat(decision.assessment().get(ConditionType.DomainsReady).orElseThrow().message())
          .endsWith(" ngrok says of *.a.com: its words");
    }
    assertThat(decision.status().dnsRecords())
        .containsExactly(
            new DNSRecord("CNAME", "*.a.com", "x.cname.com"),
            new DNSRecord("CNAME", "_acme-challenge.a.com", "y.acme.com"));
  }

  @Test
  void aClinicWithoutDomainsIsReadyAndOneWhoseDomainsAreToComeIsNot() {
    assertThat(domainsReady(clinic("clinic1").build())).isEqualTo(Reason.NoDomains);
    assertThat(domainsReady(clinic("clinic1").exclusive("a.com").build()))
        .isEqualTo(Reason.DomainsPending);
  }

  @Test
  void aDomainWhoseStatusHasNoCertificateYetBreaksNothing() {
    // Given
    ClinicStatus last = domains(new DomainStatus("a.com", null, null, null, null));
    // Then
    assertThat(domainsReady(clinic("clinic1").exclusive("a.com").status(last).build()))
        .isEqualTo(Reason.DomainsPending);
  }

  private static ReservedDomain described(String id, String description, Mark mark) {
    return new ReservedDomain(
        id, null, "a.com", description, mark.text(), null, null, null, null, null);
  }

  private static Clinic adopting(String id) {
    return clinic("clinic1").exclusive("a.com").annotation("clinicnet.dev/adopt", id).build();
  }

  private static Reason domainsReady(Clinic clinic) {
    return ClinicScene.of(clinic)
        .decide()
        .assessment()
        .get(ConditionType.DomainsReady)
        .orElseThrow()
        .reason();
  }

  private static Mark mark(String marked, Mark ours) {
    return switch (marked) {
      case "ours" -> ours;
      case "ours retired" -> ours.retired(EARLIER);
      case "ours retained" -> ours.retained();
      case "other" -> OTHER;
      case "other retired" -> OTHER.retired(EARLIER);
      case "sibling" -> SIBLING;
      case "sibling retired" -> SIBLING.retired(EARLIER);
      case "shared" -> Mark.shared("i");
      default -> null;
    };
  }

  private static String refusal(ClinicScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().message();
  }

  private static Reason reason(ClinicScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().reason();
  }

  private static ClinicStatus domains(DomainStatus... domains) {
    return clinicStatus().domains(List.of(domains)).build();
  }

  private static List<String> newMetadata(ClinicDecision decision) {
    return decision.remote().stream()
        .filter(step -> step instanceof Step.Update<?, ?>)
        .map(step -> ((ReservedDomain.Update) ((Step.Update<?, ?>) step).changes()).metadata())
        .toList();
  }
}
