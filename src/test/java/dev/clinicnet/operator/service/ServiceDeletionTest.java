package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import org.junit.jupiter.api.Test;

class ServiceDeletionTest {

  @Test
  void theEndpointGoesBeforeTheAddress() {
    // Given
    ServiceScene scene = whole(DeletionPolicy.Delete).withoutUndoWindow();
    // Then
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete endpoints tcp://1.tcp:1");
    scene.ngrok.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete reserved_addrs 1.tcp:1");
    scene.ngrok.delete(Resource.RESERVED_ADDRS, "ra_1", Lane.CLOSING);
    assertThat(ServiceDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void withAnUndoWindowTheAddressIsRetiredOnce() {
    // Given
    ServiceScene scene = whole(DeletionPolicy.Delete);
    scene.ngrok.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    // Then
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("update reserved_addrs 1.tcp:1");
    scene.addr("ra_1", "1.tcp:1", scene.mark().retired(ServiceScene.NOW));
    assertThat(ServiceDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void retainMarksBothAndDeletesNothing() {
    // Given
    ServiceScene scene = whole(DeletionPolicy.Retain);
    // Then
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("update endpoints tcp://1.tcp:1", "update reserved_addrs 1.tcp:1");
    scene
        .endpoint("ep_1", "tcp://1.tcp:1", scene.mark().retained(), null)
        .addr("ra_1", "1.tcp:1", scene.mark().retained());
    assertThat(ServiceDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void whatIsInTheVaultGoesAfterTheEndpointAndTheVaultStays() {
    // Given
    ServiceScene scene = withVault(whole(DeletionPolicy.Delete));
    // Then
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete endpoints tcp://1.tcp:1");
    scene.ngrok.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete vault_secrets clinics/db/x", "update reserved_addrs 1.tcp:1");
  }

  @Test
  void retainMarksWhatIsInTheVault() {
    // Given
    ServiceScene scene = withVault(whole(DeletionPolicy.Retain));
    // Then
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .contains("update vault_secrets clinics/db/x")
        .hasSize(3);
    scene.vaultSecret("secret_1", "vault_1", "clinics/db/x", scene.mark().retained());
    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps())).hasSize(2);
  }

  private static ServiceScene withVault(ServiceScene scene) {
    Mark elsewhere = Mark.of("j", new Owner("ClinicService", "clinics", "db"), "uid", "clinic1");
    return scene
        .vault("vault_1", "clinicnet_i", Mark.shared("i"))
        .vaultSecret("secret_1", "vault_1", "clinics/db/x", scene.mark().withVersion("1"))
        .vaultSecret("secret_2", "vault_1", "clinics/db/y", elsewhere)
        .vaultSecret("secret_3", "vault_1", "clinics/db/z", null);
  }

  @Test
  void whatIsNotOursIsLeft() {
    // Given
    Mark elsewhere = Mark.of("j", new Owner("ClinicService", "clinics", "db"), "uid", "clinic1");
    ServiceScene scene =
        ServiceScene.of(service("db").tcp(null, "9.tcp:9").terminating().build())
            .withoutUndoWindow()
            .addr("ra_9", "9.tcp:9", null)
            .addr("ra_8", "8.tcp:8", elsewhere)
            .endpoint("ep_9", "tcp://9.tcp:9", elsewhere, null)
            .bound("tcp://db.clinic1.internal:5432");
    // Then
    assertThat(ServiceDeletion.decide(scene.observe()).steps()).isEmpty();
  }

  /** Its Clinic is gone, so the status says what must be done. */
  private static ServiceScene whole(DeletionPolicy policy) {
    ClinicServiceStatus last = serviceStatus().deletionPolicy(policy).build();
    ServiceScene scene = ServiceScene.of(service("db").tcp().terminating().status(last).build());
    return scene
        .addr("ra_1", "1.tcp:1", scene.mark())
        .endpoint("ep_1", "tcp://1.tcp:1", scene.mark(), null);
  }
}
