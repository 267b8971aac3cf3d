package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.externaldns.PublishedRecord;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records of Clinics for external-dns, with the rights of the component. */
@SuppressWarnings("try") // An operator only has to run.
class DNSEndpointIT extends InOneNamespace {
  private static final Path COMPONENT = Path.of("deploy/components/dns-endpoints/rule.yaml");
  private static final String SHARED =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: %1$s}
      spec:
        domains: [{name: "*.api.example.com", shared: true}, {name: www.%1$s.example.com}]
        deletionPolicy: %2$s
      """;

  @Override
  protected FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  /** The rule that the component adds to the operator's role. */
  @BeforeEach
  void grantTheComponentsRightsInThisNamespace() throws IOException {
    JsonNode rule = new YAMLMapper().readTree(Files.readString(COMPONENT)).get(0).path("value");
    namespace
        .kubernetes()
        .apply(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName("dns-endpoints")
                .endMetadata()
                .withRules(new YAMLMapper().convertValue(rule, PolicyRule.class))
                .build());
    namespace
        .kubernetes()
        .apply(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName("dns-endpoints")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "dns-endpoints")
                .addNewSubject(null, "ServiceAccount", "clinic-operator", "clinic-operator")
                .build());
  }

  @Test
  void theComponentGrantsWhatTheStartDemands() {
    StartChecks checks = new StartChecks(namespace.operator());

    assertThatCode(() -> checks.requireDNSEndpoints(Set.of(namespace.name())))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> checks.requireDNSEndpoints(Set.of()))
        .hasMessageContaining("deploy/components/dns-endpoints");
  }

  @Test
  void eachClinicHasItsRecordsPublishedAndThenNothingIsWritten() {
    apply("one", "Delete");
    apply("two", "Delete");
    try (ClinicOperator operator = watchfulOperator().withDNSEndpoints().start()) {
      manifests.awaitClinic("one", ConditionType.DomainsReady, "DomainsReady");
      manifests.awaitClinic("two", ConditionType.DomainsReady, "DomainsReady");

      eventually(() -> assertPublished("one"));
      eventually(() -> assertPublished("two"));
      assertThat(endpoint("one").getSpec().endpoints().get(0))
          .as("one shared domain, in the same words for external-dns")
          .isEqualTo(endpoint("two").getSpec().endpoints().get(0));
      String version = endpoint("one").getMetadata().getResourceVersion();
      awaitSweeps(2);
      assertThat(endpoint("one").getMetadata().getResourceVersion()).isEqualTo(version);
    }
  }

  @Test
  void itFollowsTheClinicAndComesBackWhenSomebodyDeletesIt() {
    apply("one", "Delete");
    try (ClinicOperator operator = operator().withDNSEndpoints().start()) {
      eventually(() -> assertPublished("one"));

      endpoints().withName("one").delete();
      eventually(() -> assertPublished("one"));

      manifests.applyText(Site.clinicWithDomains("one", "[]", "displayName: One"));
      eventually(() -> assertThat(endpoint("one")).isNull());

      apply("one", "Delete");
      eventually(() -> assertPublished("one"));
      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");
      eventually(() -> assertThat(endpoint("one")).as("collected with its owner").isNull());
    }
  }

  @Test
  void aRetainedClinicLeavesItsRecords() {
    apply("one", "Retain");
    try (ClinicOperator operator = operator().withDNSEndpoints().start()) {
      eventually(() -> assertPublished("one"));

      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");

      assertThat(endpoint("one").getMetadata().getOwnerReferences()).isEmpty();
      assertThat(endpoint("one").getSpec().endpoints()).hasSize(3);
    }
  }

  @Test
  void oneThatBelongsToATeamIsLeftAndToldUntilItIsGone() {
    endpoints().resource(foreign("one")).create();
    apply("one", "Delete");
    try (ClinicOperator operator = operator().withDNSEndpoints().start()) {
      manifests.awaitClinic("one", ConditionType.DomainsReady, "DNSEndpointNotWritten");
      manifests.awaitAllReady();
      assertThat(endpoint("one").getMetadata().getLabels()).isNullOrEmpty();

      endpoints().withName("one").delete();
      eventually(() -> assertPublished("one"));
    }
  }

  @Test
  void switchedOffItTakesBackWhatItPublishedAndNothingElse() {
    endpoints().resource(foreign("team")).create();
    apply("one", "Delete");
    try (ClinicOperator operator = operator().withDNSEndpoints().start()) {
      eventually(() -> assertPublished("one"));
    }

    try (ClinicOperator operator = operator().start()) {
      eventually(() -> assertThat(endpoint("one")).isNull());
      Settled.awaitStill(() -> endpoint("team") != null);
    }
  }

  private void apply(String clinic, String deletionPolicy) {
    manifests.applyText(SHARED.formatted(clinic, deletionPolicy));
  }

  private void assertPublished(String name) {
    Clinic clinic = manifests.clinic(name);
    DNSEndpoint endpoint = endpoint(name);
    assertThat(endpoint).as("DNSEndpoint %s", name).isNotNull();
    assertThat(endpoint.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(clinic.getMetadata().getUid()));
    List<DNSRecord> records = clinic.getStatus().dnsRecords();
    assertThat(records).hasSize(3);
    assertThat(endpoint.getSpec().endpoints())
        .containsExactlyElementsOf(
            records.stream()
                .map(r -> new PublishedRecord(r.name(), r.type(), 300, List.of(r.value())))
                .toList());
  }

  private DNSEndpoint endpoint(String name) {
    return endpoints().withName(name).get();
  }

  private NonNamespaceOperation<
          DNSEndpoint, KubernetesResourceList<DNSEndpoint>, Resource<DNSEndpoint>>
      endpoints() {
    return namespace.admin().resources(DNSEndpoint.class).inNamespace(namespace.name());
  }

  private static DNSEndpoint foreign(String name) {
    DNSEndpoint endpoint = new DNSEndpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder().withName(name).withAnnotations(Map.of("team", "network")).build());
    return endpoint;
  }
}
