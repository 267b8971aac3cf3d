package dev.clinicnet.operator.grant;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.APIKeySecretRef;
import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountSpec;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The effect of an NgrokAccount on a namespace, and its status. */
class GrantTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String BOTH =
      """
      - name: all
        namespaces: {matchLabels: {team: "true", zone: east}}
        internalDomains: ["*.internal"]
        maxClinics: 1
      - name: more
        namespaces: {names: [clinics]}
        sharedHosts: ["*.example.com"]
        sharedDomains: ["*.example.com"]
        adoption: {names: [old.example.org], addresses: ["1.tcp.ngrok.io:20000"], release: true}
        maxClinics: 3
      - name: silent
        namespaces: {names: [clinics]}
        addresses: {existing: ["1.tcp.ngrok.io:20001"]}
        ipPolicyIDs: [ipp_1]
        trafficPolicy: true
        adoption: {names: [new.example.org]}
      """;

  @Test
  void withoutAnyGrantEverythingMayBeMadeAndNothingTaken() {
    for (Grants none :
        List.of(Grants.of(List.of()), Grants.of(List.of(account("default", "[]"))))) {
      Grant grant = none.of("default", "clinics", Map.of());

      assertThat(grant).isSameAs(Grant.TRUSTED);
      assertThat(grant.mayListDomain("a.example.com", false)).isTrue();
      assertThat(grant.mayShareHost("a.example.com")).isTrue();
      assertThat(grant.mayHaveInternalDomain("one.internal")).isTrue();
      assertThat(grant.mayReserveAddress()).isTrue();
      assertThat(grant.mayUseIPPolicy("ipp_1")).isTrue();
      assertThat(grant.mayHaveTrafficPolicy()).isTrue();
      assertThat(grant.maxClinics()).isEmpty();
      assertThat(grant.existingAddress("1.tcp.ngrok.io:20000")).isFalse();
      assertThat(grant.mayAdopt("a.example.com")).isFalse();
      assertThat(grant.releasesAdopted("a.example.com")).isFalse();
      assertThat(grant.closesRevoked()).isFalse();
    }
  }

  @Test
  void eachAccountHasItsOwnGrants() {
    Grants grants = Grants.of(List.of(account("second", BOTH)));

    assertThat(grants.of("default", "clinics", Map.of())).isSameAs(Grant.TRUSTED);
    assertThat(grants.of("second", "clinics", Map.of()).grants()).hasSize(2);
    assertThat(grants.of("second", "other", Map.of()).mayHaveInternalDomain("a.internal"))
        .isFalse();
  }

  @Test
  void anotherAccountThanTheDefaultTrustsNobodyWithoutGrants() {
    for (Grants none : List.of(Grants.of(List.of()), Grants.of(List.of(account("second", "[]"))))) {
      Grant grant = none.of("second", "clinics", Map.of());

      assertThat(grant.isTrusted()).isFalse();
      assertThat(problem(clinic("one").account("second").build(), grant))
          .hasValueSatisfying(
              said -> {
                assertThat(said.reason()).isEqualTo(Reason.NotGranted);
                assertThat(said.message()).contains("NgrokAccount second");
              });
    }
  }

  @Test
  void anAccountThatIsNotAmongFilesMayGrantEverything() {
    assertThat(Grants.of(List.of()).ofKnown("second", "clinics", Map.of())).isSameAs(Grant.TRUSTED);
    assertThat(
            Grants.of(List.of(account("second", "[]")))
                .ofKnown("second", "clinics", Map.of())
                .isTrusted())
        .isFalse();
  }

  @Test
  void grantsAddUpAndOfLimitsTheHighestCounts() {
    Grant grant =
        Grants.of(List.of(account("default", BOTH)))
            .of("default", "clinics", Map.of("team", "true", "zone", "east", "more", "labels"));

    assertThat(grant.grants()).hasSize(3);
    assertThat(grant.mayHaveInternalDomain("one.internal")).isTrue();
    assertThat(grant.mayShareHost("a.example.com")).isTrue();
    assertThat(grant.mayListDomain("*.example.com", true)).isTrue();
    assertThat(grant.mayListDomain("*.example.com", false)).isFalse();
    assertThat(grant.mayReserveAddress()).isFalse();
    assertThat(grant.existingAddress("1.tcp.ngrok.io:20001")).isTrue();
    assertThat(grant.existingAddress("1.tcp.ngrok.io:20000")).isFalse();
    assertThat(grant.mayUseIPPolicy("ipp_1")).isTrue();
    assertThat(grant.mayUseIPPolicy("ipp_2")).isFalse();
    assertThat(grant.mayHaveTrafficPolicy()).isTrue();
    assertThat(grant.mayAdopt("1.tcp.ngrok.io:20000")).isTrue();
    assertThat(grant.releasesAdopted("old.example.org")).isTrue();
    assertThat(grant.mayAdopt("new.example.org")).isTrue();
    assertThat(grant.releasesAdopted("new.example.org")).isFalse();
    assertThat(grant.mayAdopt("other.example.org")).isFalse();
    assertThat(grant.maxClinics()).hasValue(3);
    assertThat(grant.maxServices()).isEmpty();
  }

  @Test
  void allLabelsMustBeThere() {
    Grants grants = Grants.of(List.of(account("default", BOTH)));

    assertThat(grants.of("default", "east", Map.of("team", "true", "zone", "east")).grants())
        .hasSize(1);
    assertThat(grants.of("default", "west", Map.of("team", "true")).grants()).isEmpty();
    assertThat(grants.of("default", "west", Map.of("team", "true")).isTrusted()).isFalse();
  }

  @Test
  void aRefusalNamesTheFieldTheAccountAndTheRemedy() {
    Grant grant = Grants.of(List.of(account("default", BOTH))).of("default", "other", Map.of());

    assertThat(problem(clinic("one").build(), grant))
        .hasValue(
            Verdict.no(
                Reason.NotGranted,
                "spec.internalDomain one.internal is not granted to namespace other: ask the"
                    + " administrator to add it to spec.grants[].internalDomains of NgrokAccount"
                    + " default, or change the manifest."));
  }

  @Test
  void theOldestClinicsCountAndOfEqualAgeTheLowerNames() {
    Grant grant =
        Grants.of(List.of(account("default", BOTH.replace("maxClinics: 3", "maxClinics: 2"))))
            .of("default", "clinics", Map.of("team", "true", "zone", "east"));
    Clinic a = clinic("a").build();
    Clinic b = clinic("b").build();
    Clinic c = clinic("c").build();
    List<Clinic> all = List.of(c, b, a);

    assertThat(ClinicGrants.problem(a, grant, all, List.of())).isEmpty();
    assertThat(ClinicGrants.problem(b, grant, all, List.of())).isEmpty();
    assertThat(ClinicGrants.problem(c, grant, all, List.of()))
        .hasValueSatisfying(
            said -> assertThat(said.message()).contains("may have 2 Clinics", "maxClinics"));
  }

  @Test
  void aHostBelowAnOwnDomainNeedsNoOtherGrant() {
    Grant grant = Grants.of(List.of(account("default", BOTH))).of("default", "other", Map.of());
    var https = service("api").https("a.example.com").build();

    assertThat(
            ServiceGrants.problem(
                https,
                Optional.of(clinic("one").exclusive("a.example.com").build()),
                grant,
                List.of(),
                List.of()))
        .isEmpty();
    assertThat(
            ServiceGrants.problem(
                https,
                Optional.of(clinic("one").shared("*.example.com").build()),
                grant,
                List.of(),
                List.of()))
        .hasValueSatisfying(said -> assertThat(said.message()).contains("sharedHosts"));
  }

  private static final AccountOperator WRITER = new AccountOperator("east", 1);

  @Test
  void theStatusCountsEachNamespaceOnce() {
    NgrokAccountStatus status =
        new AccountReport(
                Map.of("clinics", Map.of("team", "true", "zone", "east"), "other", Map.of()),
                Map.of("clinics", 2, "other", 5),
                Map.of("clinics", 7),
                WRITER)
            .of(account("default", BOTH), Optional.empty(), NOW);

    assertThat(status.total().namespaces()).isEqualTo(1);
    assertThat(status.total().clinics()).isEqualTo(2);
    assertThat(status.total().services()).isEqualTo(7);
    assertThat(status.grants()).extracting("clinics").containsExactly(2, 2, 2);
    assertThat(status.conditions()).extracting("reason").containsExactly("Accepted");
  }

  @Test
  void anAccountWithAKeySaysWhetherItIsUsed() {
    NgrokAccount second = withKey(account("second", BOTH));
    AccountReport report = new AccountReport(Map.of(), Map.of(), Map.of(), WRITER);
    Verdict found = Verdict.yes(Reason.ResolvedRefs, "Found.");

    assertThat(
            report
                .of(
                    second,
                    Optional.of(new AccountReport.Use(found, Verdict.yes(Reason.Programmed, ""))),
                    NOW)
                .conditions())
        .extracting("type", "reason")
        .contains(tuple("Ready", "Programmed"), tuple("ResolvedRefs", "ResolvedRefs"));
    assertThat(
            report
                .of(
                    second,
                    Optional.of(
                        new AccountReport.Use(
                            Verdict.no(Reason.APIKeyInUse, "Twice."),
                            Verdict.unknown(Reason.Pending, ""))),
                    NOW)
                .conditions())
        .extracting("type", "reason")
        .contains(tuple("Ready", "APIKeyInUse"), tuple("Stalled", "APIKeyInUse"));
  }

  @Test
  void onlyTheDefaultAccountHasItsKeyFromElsewhere() {
    AccountReport report = new AccountReport(Map.of(), Map.of(), Map.of(), WRITER);

    assertThat(report.of(account("second", "[]"), Optional.empty(), NOW).conditions())
        .extracting("reason")
        .containsExactly("AccountNotUsed");
    assertThat(
            report.of(withKey(account("default", "[]")), Optional.empty(), NOW).conditions().get(0))
        .satisfies(
            said -> {
              assertThat(said.reason()).isEqualTo("Invalid");
              assertThat(said.message()).contains("remove the field");
            });
  }

  private static NgrokAccount withKey(NgrokAccount account) {
    account.setSpec(
        new NgrokAccountSpec(
            new APIKeySecretRef("keys", "second"),
            account.getSpec().grants(),
            account.getSpec().onRevoked()));
    return account;
  }

  private static Optional<Verdict> problem(Clinic clinic, Grant grant) {
    return ClinicGrants.problem(clinic, grant, List.of(clinic), List.of());
  }

  private static NgrokAccount account(String name, String grants) {
    try {
      NgrokAccount account =
          new YAMLMapper()
              .readValue("spec:\n  grants:\n%s".formatted(grants.indent(4)), NgrokAccount.class);
      account.getMetadata().setName(name);
      account.getMetadata().setGeneration(1L);
      return account;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
