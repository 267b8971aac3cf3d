package dev.clinicnet.operator.cli.siteaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.CommandRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code site-access} decides without a cluster. */
class SiteAccessTest {
  private static final SiteAccess ACCESS = new SiteAccess("clinics", "clinic1", "kit");
  private static final ResourceRule THE_SECRET =
      rule("", "secrets", List.of("get"), List.of("kit"));

  @Test
  void allObjectsHaveOneNameAndNoOwner() {
    assertThat(ACCESS.manifests())
        .extracting(HasMetadata::getKind)
        .containsExactly("ServiceAccount", "Role", "RoleBinding");
    assertThat(ACCESS.manifests())
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(
            metadata -> {
              assertThat(metadata.getName()).isEqualTo("clinic1-site-access");
              assertThat(metadata.getNamespace()).isEqualTo("clinics");
              assertThat(metadata.getOwnerReferences()).isEmpty();
            });
  }

  @Test
  void theKubeconfigSaysWhatItIsForAndWhenItEnds() {
    Kubeconfig kubeconfig =
        new Kubeconfig(
            ACCESS,
            "https://k8s.example:6443",
            "Q0E=",
            "t0k3n",
            Instant.parse("2027-01-01T00:00:00Z"));

    assertThat(kubeconfig.text())
        .startsWith("# secret: kit\n# expires: 2027-01-01T00:00:00Z\n# ")
        .contains(
            "clinic-operator site-access clinic1 --namespace clinics\n",
            "kubectl delete serviceaccount clinic1-site-access --namespace clinics\n");
    Config read = Config.fromKubeconfig(kubeconfig.text());
    assertThat(read.getMasterUrl()).startsWith("https://k8s.example:6443");
    assertThat(read.getNamespace()).isEqualTo("clinics");
    assertThat(read.getAutoOAuthToken()).isEqualTo("t0k3n");
    assertThat(read.getCaCertData()).isEqualTo("Q0E=");
    assertThat(kubeconfig.toString()).doesNotContain("t0k3n");
    assertThat(new IssuedToken("t0k3n", Instant.EPOCH).toString()).doesNotContain("t0k3n");
  }

  @Test
  void theOneRightIsExactlyThat() {
    ResourceRule reviews =
        rule("authorization.k8s.io", "selfsubjectaccessreviews", List.of("create"), List.of());
    Rights right = new Rights(List.of(reviews, THE_SECRET));

    assertThat(right.mayGet("kit")).isTrue();
    assertThat(right.beyond("kit")).isEmpty();
    assertThat(right.others()).isEmpty();
    assertThat(right.mayGet("other")).isFalse();
    assertThat(right.beyond("other")).containsExactly("get secrets named kit");
  }

  @Test
  void whatReachesOtherSecretsIsTooWide() {
    for (ResourceRule wide :
        List.of(
            rule("", "secrets", List.of("get"), List.of()),
            rule("", "secrets", List.of("get", "update"), List.of("kit")),
            rule("", "secrets", List.of("get"), List.of("kit", "other")),
            rule("", "*", List.of("list"), List.of()),
            rule("*", "*", List.of("*"), List.of()))) {
      assertThat(new Rights(List.of(THE_SECRET, wide)).beyond("kit")).hasSize(1);
    }
  }

  @Test
  void otherRightsAreNamed() {
    Rights rights =
        new Rights(List.of(THE_SECRET, rule("", "pods", List.of("list"), List.of("a"))));

    assertThat(rights.beyond("kit")).isEmpty();
    assertThat(rights.others()).containsExactly("list pods named a");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Missing required parameter'",
    "'Clinic_1', 'is not the name of a Clinic'",
    "'clinic1 --expires 9m', 'valid for 10m at least'",
    "'clinic1 --expires 90d', '90d is 2160h'",
    "'clinic1 --expires 2000000h', 'at most'",
    "'clinic1 --server http://plain.example', 'is not a URL such as https://'",
    "'clinic1 --server https://user@host', 'is not a URL such as https://'",
    "'clinic1 -n Foo_', 'is not the name of a namespace'",
    "'clinic1 --kubeconfig nowhere', 'is not a file that can be read'"
  })
  void aSenselessCallIsWrongUsage(String arguments, String said) {
    CommandRun run = CommandRun.with(Map.of(), ("site-access " + arguments).strip().split(" ", -1));

    assertThat(run.code()).isEqualTo(SiteAccessExit.USAGE.code());
    assertThat(run.err()).contains(said);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SiteAccessExit.class)
  void everyExitCodeIsExpectedBySomeTestAndExplained(SiteAccessExit exit) throws IOException {
    Path tests = Path.of("src/test/java/dev/clinicnet/operator/cli/siteaccess");

    assertThat(
            Files.readString(tests.resolve("SiteAccessTest.java"))
                + Files.readString(tests.resolve("SiteAccessIT.java")))
        .contains("isEqualTo(SiteAccessExit." + exit.name() + ".code())");
    assertThat(Files.readString(Path.of("docs/unattended-sites.md")))
        .containsPattern("\\| " + exit.code() + " \\| [a-z]");
  }

  private static ResourceRule rule(
      String group, String resource, List<String> verbs, List<String> names) {
    ResourceRule rule = new ResourceRule();
    rule.setApiGroups(List.of(group));
    rule.setResources(List.of(resource));
    rule.setVerbs(verbs);
    rule.setResourceNames(names);
    return rule;
  }
}
