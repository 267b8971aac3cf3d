package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockSecret;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;

/** Creates and changes the Secret of a site kit. Entries of others stay. */
final class SiteKitSecrets {
  private SiteKitSecrets() {}

  /** A Secret that says only that a credential with this nonce will be created. */
  static Secret pending(Clinic clinic, SiteKitSecret now, String nonce) {
    return base(clinic, now)
        .editMetadata()
        .addToAnnotations(SiteKitSecret.PENDING, nonce)
        .endMetadata()
        .build();
  }

  /**
   * The Secret after its pending credential was found without a published token. It must say so
   * before that credential is deleted: an earlier process may still be about to write the token,
   * and a Secret that has changed since refuses it.
   */
  static Secret lost(Clinic clinic, SiteKitSecret now) {
    return base(clinic, now)
        .editMetadata()
        .removeFromAnnotations(SiteKitSecret.PENDING)
        .addToAnnotations(SiteKitSecret.LOST, now.pendingNonce().orElseThrow())
        .endMetadata()
        .build();
  }

  /** The Secret with the site kit of a new credential. It carries out what the annotation asks. */
  static Secret issued(
      Clinic clinic, SiteKitSecret now, String credentialID, Map<String, String> files) {
    Secret complete = complete(clinic, now, credentialID, files);
    return AuthtokenRotation.value(clinic)
        .map(
            value ->
                new SecretBuilder(complete)
                    .editMetadata()
                    .addToAnnotations(SiteKitSecret.ROTATED, value)
                    .endMetadata()
                    .build())
        .orElse(complete);
  }

  /**
   * The Secret with other files for the token that it has. While a credential is being issued, it
   * keeps what it says about that. The nonces of an earlier Clinic prove nothing, and go.
   *
   * @param issuing whether a credential is being issued
   */
  static Secret renewed(
      Clinic clinic, SiteKitSecret now, boolean issuing, Map<String, String> files) {
    return issuing && isOwned(clinic, now.present())
        ? base(clinic, now).addToData(SecretText.data(files)).build()
        : complete(clinic, now, now.credentialID().orElseThrow(), files);
  }

  /** The Secret with a site kit, without a nonce. */
  static Secret complete(
      Clinic clinic, SiteKitSecret now, String credentialID, Map<String, String> files) {
    return base(clinic, now)
        .editMetadata()
        .removeFromAnnotations(SiteKitSecret.PENDING)
        .removeFromAnnotations(SiteKitSecret.LOST)
        .addToAnnotations(SiteKitSecret.CREDENTIAL, credentialID)
        .endMetadata()
        .addToData(SecretText.data(files))
        .build();
  }

  /** The Secret with other keys for the internal locks. It carries out what the annotation asks. */
  static Secret withLock(Clinic clinic, Secret secret, LockKeys keys) {
    SecretBuilder builder =
        new SecretBuilder(secret)
            .addToData(SecretText.data(Map.of(LockSecret.KEYS, keys.reveal())));
    return Annotations.get(clinic, Annotations.ROTATE_INTERNAL_LOCK)
        .map(
            value ->
                builder
                    .editMetadata()
                    .addToAnnotations(LockSecret.ROTATED, value)
                    .endMetadata()
                    .build())
        .orElseGet(builder::build);
  }

  /** The Secret without its owner, so that it outlives the Clinic. */
  static Secret orphaned(Secret secret) {
    return new SecretBuilder(secret).editMetadata().withOwnerReferences().endMetadata().build();
  }

  /** Whether the Secret belongs to this Clinic, and not to an earlier one of the same name. */
  static boolean isOwned(Clinic clinic, Secret secret) {
    return secret.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> clinic.getMetadata().getUid().equals(owner.getUid()));
  }

  private static SecretBuilder base(Clinic clinic, SiteKitSecret now) {
    SecretBuilder builder =
        now.isAbsent()
            ? new SecretBuilder()
                .withNewMetadata()
                .withNamespace(clinic.getMetadata().getNamespace())
                .withName(ClinicNames.siteKitSecret(clinic))
                .endMetadata()
                .withType("Opaque")
            : new SecretBuilder(now.present());
    return builder
        .editMetadata()
        .addToLabels(SiteKitSecret.LABEL, "true")
        .addToLabels("app.kubernetes.io/managed-by", "clinic-operator")
        .addToAnnotations(SiteKitSecret.CLINIC, ClinicNames.path(clinic))
        .withOwnerReferences(List.of(owner(clinic)))
        .endMetadata();
  }

  /** The owner reference that deletes the Secret with its Clinic. */
  static OwnerReference owner(Clinic clinic) {
    return new OwnerReferenceBuilder()
        .withApiVersion(clinic.getApiVersion())
        .withKind(clinic.getKind())
        .withName(clinic.getMetadata().getName())
        .withUid(clinic.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
