package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names that a Clinic has, or has by default. */
public final class ClinicNames {
  /** The platform takes names of at most 64 bytes. */
  private static final int READABLE = 43;

  private static final int HASH_BYTES = 5;

  private ClinicNames() {}

  /** {@code namespace/name}, as messages and keys have it. */
  public static String path(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  /** The internal domain, by default {@code <name>.internal}. */
  public static String internalDomain(Clinic clinic) {
    String given = clinic.getSpec().internalDomain();
    return given != null ? given : clinic.getMetadata().getName() + ".internal";
  }

  /** The Secret of the site kit, by default {@code <name>-site-kit}. */
  public static String siteKitSecret(Clinic clinic) {
    var siteKit = clinic.getSpec().agent().siteKit();
    return siteKit != null && siteKit.secretName() != null
        ? siteKit.secretName()
        : clinic.getMetadata().getName() + "-site-kit";
  }

  /** The Secret with the operator's credentials for the agent's API. */
  public static String agentAPISecret(Clinic clinic) {
    return agentAPISecret(clinic.getMetadata().getName());
  }

  /** The same Secret, for the Clinic of this name. */
  public static String agentAPISecret(String clinic) {
    return clinic + "-agent-api";
  }

  /**
   * The service user's name. Service users have no metadata, so the name is the mark. It has a
   * readable part, and a hash of instance, namespace and name.
   */
  public static String serviceUser(String instance, Clinic clinic) {
    String readable = clinic.getMetadata().getNamespace() + "-" + clinic.getMetadata().getName();
    String cut = readable.length() > READABLE ? readable.substring(0, READABLE) : readable;
    return "clinicnet-" + cut + "-" + hash(instance + "/" + path(clinic));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
