package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.SinceKubernetes;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An object from before a rule can still be changed and deleted. The CRD is tried under another
 * group, so that its weaker predecessor does not disturb other tests.
 */
class RatchetingIT {

  private static final String OLD_OBJECT =
      """
      apiVersion: %1$s.test/v1alpha1
      kind: ClinicService
      metadata:
        name: old
        namespace: %1$s
        finalizers: [test/finalizer]
      spec:
        clinicRef: {name: clinic1}
        upstream: {url: "http://192.168.1.100:8080/no-path-allowed"}
        expose:
          https: {host: clinic1.api.clinicnet.com, paths: [no-slash]}
      """;

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @BeforeEach
  void storeAnObjectThatTheRulesWouldRefuse() {
    namespace.kubernetes().apply(withoutRules(underAnotherGroup()));
    namespace.kubernetes().apply(OLD_OBJECT.formatted(namespace.name()));
    namespace.kubernetes().apply(underAnotherGroup());
    awaitRules();
  }

  /** One for each test, because a CRD takes its time to go. */
  private String group() {
    return namespace.name() + ".test";
  }

  /** The API server serves a changed CRD a moment after it has accepted it. */
  private void awaitRules() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> merge("{\"spec\": {\"availability\": \"Never\"}}"))
                    .hasMessageContaining("Unsupported value"));
  }

  private CustomResourceDefinition underAnotherGroup() {
    CustomResourceDefinition crd = new CrdGeneration(ClinicService.class).generate();
    crd.getMetadata().setName("clinicservices." + group());
    crd.getSpec().setGroup(group());
    crd.getSpec().getVersions().get(0).setSelectableFields(List.of());
    crd.getSpec().getNames().setCategories(List.of());
    return crd;
  }

  private static CustomResourceDefinition withoutRules(CustomResourceDefinition crd) {
    JSONSchemaProps root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    JSONSchemaProps anything = new JSONSchemaProps();
    anything.setType("object");
    anything.setXKubernetesPreserveUnknownFields(true);
    root.setXKubernetesValidations(null);
    root.getProperties().put("spec", anything);
    return crd;
  }

  @AfterEach
  void removeTheKind() {
    if (!kubectl("get", "--ignore-not-found").isEmpty()) {
      merge("{\"metadata\": {\"finalizers\": []}}");
    }
    namespace.kubernetes().kubectl("delete", "crd", "clinicservices." + group(), "--wait=false");
  }

  @Test
  @SinceKubernetes(value = "1.33", has = "ratcheting for writes of the status")
  void itsStatusCanBeWritten() {
    mergeStatus("{\"status\": {\"publicURL\": \"https://x.example.com\"}}");

    assertThat(kubectl("get", "-o", "jsonpath={.status.publicURL}"))
        .isEqualTo("https://x.example.com");
  }

  @Test
  void itsMetadataCanBeWritten() {
    merge("{\"metadata\": {\"labels\": {\"touched\": \"yes\"}}}");

    assertThat(kubectl("get", "-o", "jsonpath={.metadata.labels.touched}")).isEqualTo("yes");
  }

  @Test
  void anotherFieldOfItsSpecCanBeChanged() {
    merge("{\"spec\": {\"availability\": \"OnDemand\"}}");

    assertThat(kubectl("get", "-o", "jsonpath={.spec.availability}")).isEqualTo("OnDemand");
  }

  @Test
  void aFieldThatBreaksARuleCanOnlyBePutRight() {
    assertThatThrownBy(() -> merge("{\"spec\": {\"upstream\": {\"url\": \"http://a/b\"}}}"))
        .hasMessageContaining("must be scheme://host:port");

    merge("{\"spec\": {\"upstream\": {\"url\": \"http://a:8080\"}}}");
  }

  @Test
  void itsFinalizerCanBeRemoved() {
    kubectl("delete", "--wait=false");

    merge("{\"metadata\": {\"finalizers\": []}}");

    assertThat(kubectl("get", "--ignore-not-found")).isEmpty();
  }

  private void merge(String patch) {
    kubectl("patch", "--type=merge", "-p", patch);
  }

  private void mergeStatus(String patch) {
    kubectl("patch", "--subresource=status", "--type=merge", "-p", patch);
  }

  private String kubectl(String command, String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = command;
    all[1] = "clinicservices." + group();
    all[2] = "old";
    all[3] = "-n";
    all[4] = namespace.name();
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    return namespace.kubernetes().kubectl(all);
  }
}
