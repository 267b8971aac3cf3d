package dev.clinicnet.operator.it.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace is restored from a backup that is older than what the account has. */
class OldBackupIT extends InOneNamespace {
  private static final String KIT = "one-site-kit";
  private static final String PENDING = "clinicnet.dev/pending-nonce";
  private static final Duration AGENTS = Duration.ofMillis(200);
  private static final Duration OVERLAP = Duration.ofSeconds(1);

  /** The backup of a Clinic and its Secret. */
  private record Backup(Clinic clinic, Secret secret) {}

  /**
   * The authtoken of the backup is gone. An etcd snapshot keeps uids and statuses. Other backups
   * make new objects, with or without the status.
   */
  @ParameterizedTest
  @CsvSource({"same, status", "same, none", "new, status", "new, none"})
  void anOldSecretIsReplacedOnceAndTheAgentStays(String uid, String status) {
    try (ConnectedAgents agents = ConnectedAgents.of(account)) {
      Backup backup;
      String present;
      List<String> held;
      try (ClinicOperator operator = start()) {
        JsonNode first = agents.connect(file());
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        backup = backup();
        rotate();
        agents.leaves(first);
        present = agents.connect(file()).path("credential_id").asText();
        eventually(() -> assertThat(account.names("credentials", "id")).containsExactly(present));
        held = held();
        assertThat(operator.httpPort()).isPositive();
      }
      account.forgetRequests();
      restore(backup, uid.equals("new"), status.equals("status"));

      try (ClinicOperator operator = start()) {
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "AuthtokenLost");
        assertThat(authtoken().retiring())
            .singleElement()
            .matches(RetiringCredential::wasInherited)
            .extracting(RetiringCredential::credentialID)
            .isEqualTo(present);
        theKitNamesALiveCredential();
        stays(present);
        assertThat(creations()).isEqualTo(Map.of("POST /credentials", 1));
        assertThat(held()).isEqualTo(held);
        assertThat(reasons()).contains("AuthtokenLost").doesNotContain("CredentialLost");
        agents.assertNobodyWasCutOff();
        theKitsTokenIsValid();
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  @Test
  void anOldTokenThatIsStillGoodIsKeptAndSoIsTheNewerOneOfASiteThatIsSwitchedOff() {
    try (ConnectedAgents agents = ConnectedAgents.of(account)) {
      Backup backup;
      String newer;
      String newerFile;
      try (ClinicOperator operator = start("overlap: 24h")) {
        JsonNode first = agents.connect(file());
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        backup = backup();
        rotate();
        agents.leaves(first);
        newerFile = file();
        JsonNode second = agents.connect(newerFile);
        newer = second.path("credential_id").asText();
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        agents.leaves(second);
        assertThat(operator.httpPort()).isPositive();
      }
      account.forgetRequests();
      restore(backup, true, true);
      manifests.applyText(clinic("overlap: 1s"));

      try (ClinicOperator operator = start()) {
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "AuthtokenLost");
        theKitNamesALiveCredential();
        stays(newer);
        assertThat(creations()).isEmpty();
        agents.leaves(agents.connect(newerFile));

        agents.connect(file());
        eventually(
            () -> assertThat(account.names("credentials", "id")).doesNotContain(newer).hasSize(1));
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        agents.assertNobodyWasCutOff();
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  /** The backup was made between the intent to create a credential and its token. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "on"})
  void aPendingNonceOfAnEarlierClinicDoesNotProveThatNobodyHasTheToken(String site) {
    try (ConnectedAgents agents = ConnectedAgents.of(account)) {
      Backup backup;
      String used;
      String file;
      try (ClinicOperator operator = start()) {
        file = file();
        JsonNode agent = agents.connect(file);
        used = agent.path("credential_id").asText();
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        backup = pending(backup(), mark(only("credentials")).nonce());
        if (site.equals("off")) {
          agents.leaves(agent);
        }
        assertThat(operator.httpPort()).isPositive();
      }
      account.forgetRequests();
      restore(backup, true, false);

      try (ClinicOperator operator = start()) {
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "AuthtokenLost");
        theKitNamesALiveCredential();
        stays(used);
        assertThat(creations()).isEqualTo(Map.of("POST /credentials", 1));
        assertThat(manifests.secret(KIT).getMetadata().getAnnotations()).doesNotContainKey(PENDING);
        assertThat(account.all("credentials"))
            .extracting(row -> mark(row).nonce())
            .doesNotHaveDuplicates()
            .hasSize(2);
        if (site.equals("off")) {
          agents.connect(file);
        }
        agents.assertNobodyWasCutOff();
        theKitsTokenIsValid();
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  private ClinicOperator start() {
    return start("overlap: " + OVERLAP.toSeconds() + "s");
  }

  private ClinicOperator start(String authtoken) {
    if (manifests.clinics().isEmpty()) {
      manifests.applyText(clinic(authtoken));
      manifests.applyText(Site.api("one"));
      manifests.applyText(Site.db("one"));
    }
    ClinicOperator operator = operator().withIntervals(Duration.ofHours(1), AGENTS).start();
    manifests.awaitAllReady();
    return operator;
  }

  private static String clinic(String authtoken) {
    return Site.clinic("one", "agent: {authtoken: {" + authtoken + "}}");
  }

  private void rotate() {
    String before = manifests.file(KIT, "authtoken");
    manifests.annotateClinic("one", Annotations.ROTATE, "1");
    eventually(
        () -> assertThat(manifests.publishedFile(KIT, "authtoken")).get().isNotEqualTo(before));
    eventually(() -> assertThat(authtoken().firstUsedAt()).isNull());
  }

  private Backup backup() {
    return new Backup(manifests.clinic("one"), manifests.secret(KIT));
  }

  private static Backup pending(Backup backup, String nonce) {
    Secret secret =
        new SecretBuilder(backup.secret())
            .editMetadata()
            .addToAnnotations(PENDING, nonce)
            .removeFromAnnotations("clinicnet.dev/credential-id")
            .endMetadata()
            .withData(null)
            .build();
    return new Backup(backup.clinic(), secret);
  }

  private void restore(Backup backup, boolean anew, boolean withStatus) {
    if (anew) {
      manifests.deleteClinic("one");
      manifests.forceClinicAway("one");
      manifests.awaitClinicGone("one");
      Clinic clinic = backup.clinic();
      clinic.getMetadata().setUid(null);
      clinic.getMetadata().setResourceVersion(null);
      clinic.getMetadata().setGeneration(null);
      clinic.getMetadata().setManagedFields(null);
      namespace.admin().resource(clinic).create();
    } else {
      manifests.annotateClinic("one", Annotations.ROTATE, null);
    }
    var stored = namespace.admin().resources(Clinic.class).withName("one");
    stored.editStatus(
        clinic -> {
          clinic.setStatus(withStatus ? backup.clinic().getStatus() : null);
          return clinic;
        });
    manifests.deleteSecret(KIT);
    Secret secret = new SecretBuilder(backup.secret()).build();
    secret.getMetadata().setUid(null);
    secret.getMetadata().setResourceVersion(null);
    secret.getMetadata().setManagedFields(null);
    if (anew) {
      // Its owner is gone, so the garbage collector would delete it, here or in any cluster.
      secret.getMetadata().setOwnerReferences(null);
    }
    namespace.admin().resource(secret).create();
  }

  /** The overlap and several lists of the agents pass. */
  private void stays(String credential) {
    await()
        .during(OVERLAP.multipliedBy(4))
        .atMost(OVERLAP.multipliedBy(20))
        .until(() -> account.names("credentials", "id").contains(credential));
  }

  private void theKitNamesALiveCredential() {
    assertThat(kitsCredential()).isEqualTo(authtoken().credentialID());
    assertThat(account.names("credentials", "id")).contains(kitsCredential());
  }

  /** An agent that uses the new token ends the time of the old one, so this comes last. */
  private void theKitsTokenIsValid() {
    assertThat(account.connectAgent(file()).path("credential_id").asText())
        .isEqualTo(kitsCredential());
  }

  private String kitsCredential() {
    return manifests.secret(KIT).getMetadata().getAnnotations().get("clinicnet.dev/credential-id");
  }

  private List<String> held() {
    return List.of("reserved_domains", "reserved_addrs", "service_users", "endpoints").stream()
        .flatMap(resource -> account.all(resource).stream())
        .filter(row -> !row.path("type").asText().equals("agent"))
        .map(row -> row.path("id").asText())
        .toList();
  }

  private List<String> reasons() {
    return manifests.events().stream().map(Event::getReason).toList();
  }

  private String file() {
    return manifests.file(KIT, "ngrok.yml");
  }

  private AuthtokenStatus authtoken() {
    return manifests.clinic("one").getStatus().authtoken();
  }
}
