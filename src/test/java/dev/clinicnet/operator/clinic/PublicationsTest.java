package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Token;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The writes to Kubernetes of a decision on a Clinic. */
class PublicationsTest {
  private static final String SITE_KIT = "write Secret clinic1-site-kit";

  @Test
  void aSiteKitWhoseFilesDifferIsWritten() {
    assertThat(due(published())).containsExactly(SITE_KIT);
  }

  @Test
  void aSiteKitWaitsForTheDeletionOfACredentialWhoseTokenIsLost() {
    ClinicScene scene = published().lost("n");
    scene.credential("cr_2", scene.mark().withNonce("n"));

    assertThat(due(scene)).isEmpty();
    assertThat(scene.steps()).contains("delete credentials cr_2");
  }

  @Test
  void aSiteKitThatIsCompleteIsNotWrittenAgain() {
    ClinicScene scene = published();
    SiteKitContent content = scene.decide().siteKit().orElseThrow();
    Secret complete =
        SiteKitSecrets.complete(
            scene.observe().clinic(),
            scene.observe().secret(),
            "cr_1",
            content.files(new Token("token of cr_1")));

    assertThat(due(scene.secret(complete))).isEmpty();
  }

  @Test
  void aSiteKitWithoutCredentialComesWithItsToken() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user().secret(null, "n");

    assertThat(due(scene)).isEmpty();
    assertThat(scene.steps()).contains("create credentials of Clinic clinics/clinic1");
  }

  @Test
  void nothingIsWrittenForARefusedClinic() {
    ClinicScene refused =
        ClinicScene.of(clinic("clinic1").exclusive("a.com").build())
            .rival(clinic("clinic0").exclusive("a.com").build())
            .user();
    refused.credential("cr_1", refused.mark()).secret("cr_1", null);

    assertThat(due(refused)).isEmpty();
  }

  @Test
  void theKeysForTheAgentsAPIComeBeforeTheSiteKitThatHoldsThem() {
    ClinicScene scene =
        ClinicScene.of(clinic("clinic1").shared("*.api.com").agentAPI("agent.api.com").build())
            .user();
    scene.credential("cr_1", scene.mark()).secret("cr_1", null);

    assertThat(due(scene)).containsExactly("write Secret clinic1-agent-api");
  }

  @Test
  void recordsAreWrittenOnceInAPass() {
    ClinicScene scene = published();
    Clinic clinic = scene.observe().clinic();
    OneDNSEndpoint endpoints = new OneDNSEndpoint();
    MemoryCluster cluster = new MemoryCluster().publishingTo(endpoints);
    List<DNSRecord> records = List.of(new DNSRecord("CNAME", "a.com", "b.example.net"));
    DNSPublication dns = DNSPublication.of(clinic, cluster);

    assertThat(dns.isDue(clinic, records)).isTrue();
    assertThat(dns.write(clinic, records, cluster).isDue(clinic, records)).isFalse();
  }

  private static ClinicScene published() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();
    return scene.credential("cr_1", scene.mark()).secret("cr_1", null);
  }

  private static List<String> due(ClinicScene scene) {
    return ClinicScene.text(scene.decide().publications());
  }
}
