package dev.clinicnet.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code deploy/base} installs a pod that is admitted, with rights that are sufficient and limited.
 */
class DeployIT {

  private static final String HOME = "clinic-operator";

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  private NamespacedKubernetesClient rights;

  @BeforeEach
  void borrowRights() {
    rights = namespace.borrowedRights();
  }

  @AfterEach
  void giveBack() {
    rights.close();
  }

  @Test
  void theKustomizationIsAcceptedByTheApiServerWithoutAWarning() {
    assertThat(
            namespace
                .kubernetes()
                .kubectl(
                    "apply",
                    "--server-side",
                    "--dry-run=server",
                    "--validate=strict",
                    "--warnings-as-errors",
                    "--field-manager=clinic-operator-install",
                    "-k",
                    "deploy/base"))
        .contains("deployment.apps/clinic-operator serverside-applied (server dry run)");
  }

  @Test
  void thePodIsAdmittedUnderTheRestrictedStandard() {
    Pod pod = podOfTheDeployment();

    assertThat(namespace.admin().pods().inNamespace(HOME).resource(pod).dryRun().create().getSpec())
        .isNotNull();
  }

  @Test
  void aPodThatMayRunAsRootIsRefusedThere() {
    Pod pod = podOfTheDeployment();
    pod.getSpec().getSecurityContext().setRunAsNonRoot(false);

    assertThatThrownBy(
            () -> namespace.admin().pods().inNamespace(HOME).resource(pod).dryRun().create())
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  @ParameterizedTest
  @CsvSource({
    "create|update|delete|deletecollection, clinicnet.dev, clinics",
    "create|update|delete|deletecollection, clinicnet.dev, clinicservices",
    "create|update|deletecollection, clinicnet.dev, clinicsessions",
    "get|update, clinicnet.dev, clinics/status",
    "update, clinicnet.dev, clinics/finalizers",
    "patch|delete|deletecollection, '', secrets",
    "get|create|update|patch|delete, '', configmaps",
    "get|list|patch|delete, '', events",
    "get|list|create|delete, '', pods",
    "create, '', pods/exec",
    "create, '', serviceaccounts/token",
    "get|list|create|update, '', serviceaccounts",
    "create|update|patch|delete, '', namespaces",
    "create|update|patch|delete, clinicnet.dev, ngrokaccounts",
    "get|list, '', nodes",
    "get|list|update, apps, deployments",
    "get|create|update|patch, coordination.k8s.io, leases",
    "get|create|update|bind|escalate, rbac.authorization.k8s.io, clusterroles",
    "get|create|update|bind|escalate, rbac.authorization.k8s.io, roles",
    "get|update|patch, apiextensions.k8s.io, customresourcedefinitions",
    "impersonate, '', users",
  })
  void theOperatorMayNot(String verbs, String group, String resource) {
    for (String verb : verbs.split("\\|", -1)) {
      assertThat(mayI(verb, group, resource, namespace.name()))
          .as("%s %s", verb, resource)
          .isFalse();
    }
  }

  @Test
  void theOperatorDeletesSessionsOnlyAndNoRuleKnowsAWildcard() {
    List<ResourceRule> rules =
        rights
            .authorization()
            .v1()
            .selfSubjectRulesReview()
            .create(
                new SelfSubjectRulesReviewBuilder()
                    .withNewSpec()
                    .withNamespace(HOME)
                    .endSpec()
                    .build())
            .getStatus()
            .getResourceRules();

    assertThat(rules).flatExtracting(ResourceRule::getResources).contains("clinics", "leases");
    assertThat(rules)
        .filteredOn(rule -> rule.getVerbs().contains("delete"))
        .flatExtracting(ResourceRule::getResources)
        .containsExactly("clinicsessions");
    assertThat(rules)
        .flatExtracting(ResourceRule::getVerbs)
        .doesNotContain("deletecollection", "*");
    assertThat(rules).flatExtracting(ResourceRule::getResources).doesNotContain("*");
    assertThat(rules).flatExtracting(ResourceRule::getApiGroups).doesNotContain("*");
  }

  @Test
  void theOperatorKeepsItsLeaseInItsOwnNamespaceOnly() {
    var lease = new LeaseBuilder().withNewMetadata().withName(HOME).endMetadata().build();

    var leases = rights.leases().inNamespace(HOME);
    leases.resource(lease).create();
    leases
        .withName(HOME)
        .edit(l -> new LeaseBuilder(l).editOrNewSpec().withHolderIdentity("a").endSpec().build());

    assertThat(leases.withName(HOME).get().getSpec().getHolderIdentity()).isEqualTo("a");
    assertThatThrownBy(() -> leases.withName("another").get()).hasMessageContaining("forbidden");
    assertThatThrownBy(() -> rights.leases().resource(lease).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
    namespace.admin().leases().inNamespace(HOME).withName(HOME).delete();
  }

  @Test
  void theOperatorReadsTheClustersIdentityAndNoOtherNamespace() {
    Namespace kubeSystem = rights.namespaces().withName("kube-system").get();

    assertThat(kubeSystem.getMetadata().getUid()).isNotEmpty();
    assertThatThrownBy(() -> rights.namespaces().withName("default").get())
        .hasMessageContaining("forbidden");
  }

  @Test
  void theOperatorWritesASiteKitAndCannotDeleteIt() {
    Secret siteKit =
        new SecretBuilder()
            .withNewMetadata()
            .withName("site-kit")
            .endMetadata()
            .withStringData(Map.of("ngrok.yml", "version: 3"))
            .build();

    rights.resource(siteKit).create();

    assertThat(rights.secrets().withName("site-kit").get().getData()).containsKey("ngrok.yml");
    assertThatThrownBy(() -> rights.secrets().withName("site-kit").delete())
        .hasMessageContaining("forbidden");
  }

  @Test
  void theOperatorRecordsAnEvent() {
    rights
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("clinic1.1")
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Clinic")
                .withName("clinic1")
                .withNamespace(namespace.name())
                .endInvolvedObject()
                .withReason("Programmed")
                .build())
        .create();

    assertThat(namespace.admin().v1().events().withName("clinic1.1").get()).isNotNull();
  }

  private boolean mayI(String verb, String group, String resource, String in) {
    String[] path = resource.split("/", 2);
    return rights
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(
                    new ResourceAttributesBuilder()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(path[0])
                        .withSubresource(path.length == 2 ? path[1] : null)
                        .withNamespace(in)
                        .build())
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private Pod podOfTheDeployment() {
    String yaml = namespace.kubernetes().kubectl("kustomize", "deploy/base");
    Deployment deployment =
        namespace
            .admin()
            .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
            .items()
            .stream()
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .findFirst()
            .orElseThrow();
    return new PodBuilder()
        .withMetadata(deployment.getSpec().getTemplate().getMetadata())
        .editMetadata()
        .withName("admitted")
        .endMetadata()
        .withSpec(deployment.getSpec().getTemplate().getSpec())
        .build();
  }
}
