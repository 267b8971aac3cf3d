package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server confirms what {@code docs/tenants.md} says about rights. */
class TenantRightsIT {
  private static final String BEGIN = "<!-- reach: checked by TenantRightsIT -->\n";
  private static final String END = "<!-- /reach -->";
  private static final List<String> ROLES =
      List.of("clinicnet-viewer", "clinicnet-session-user", "clinicnet-editor");

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @RegisterExtension final FreshNamespace other = FreshNamespace.withoutControllers();

  @Test
  void eachRoleReachesWhatTheTableSaysAndNothingElse() throws IOException {
    ROLES.forEach(this::bind);
    List<String> wrong = new ArrayList<>();
    List<String> rows = rows();
    for (String role : ROLES) {
      try (KubernetesClient client = namespace.kubernetes().clientAs(user(role))) {
        for (String row : rows) {
          String[] cells = row.split(" *\\| *", -1);
          boolean documented = cells[2 + ROLES.indexOf(role)].equals("yes");
          if (documented != isAllowed(client, right(cells[1]))) {
            wrong.add(role + ": " + cells[1] + " is not as documented");
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(rows).hasSizeGreaterThan(20);
  }

  /** The table has all our kinds, so that a new one is not forgotten. */
  @Test
  void theTableSpeaksOfEveryKind() throws IOException {
    String rows = String.join("\n", rows());
    StartChecks.KINDS.stream()
        .map(HasMetadata::getPlural)
        .forEach(plural -> assertThat(rows).contains(" " + plural + " "));
  }

  private void bind(String role) {
    namespace
        .kubernetes()
        .apply(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(role)
                .withNamespace(namespace.name())
                .endSubject()
                .build());
  }

  private String user(String role) {
    return "system:serviceaccount:" + namespace.name() + ":" + role;
  }

  /** {@code patch clinics/status in A}, for the API server. */
  private ResourceAttributes right(String text) {
    String[] words = text.split(" ", -1);
    String[] resource = words[1].split("/", -1);
    String where =
        words.length > 2 ? String.join(" ", Arrays.asList(words).subList(3, words.length)) : "";
    return new ResourceAttributesBuilder()
        .withVerb(words[0])
        .withGroup(group(resource[0]))
        .withResource(resource[0])
        .withSubresource(resource.length > 1 ? resource[1] : null)
        .withNamespace(
            Map.of("A", namespace.name(), "B", other.name(), "all namespaces", "", "", "")
                .getOrDefault(where, where))
        .build();
  }

  private static String group(String resource) {
    if (resource.startsWith("clinic") || resource.equals("ngrokaccounts")) {
      return "clinicnet.dev";
    }
    return resource.equals("customresourcedefinitions") ? "apiextensions.k8s.io" : "";
  }

  private static boolean isAllowed(KubernetesClient client, ResourceAttributes right) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(right)
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private static List<String> rows() throws IOException {
    String doc = Files.readString(Path.of("docs/tenants.md"));
    return doc.substring(doc.indexOf(BEGIN) + BEGIN.length(), doc.indexOf(END))
        .lines()
        .skip(2)
        .toList();
  }
}
