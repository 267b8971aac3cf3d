package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentConfig;
import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockSecret;
import dev.clinicnet.operator.ngrok.Token;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * The present Secret from which a technician installs.
 *
 * @param present the Secret, null when there is none
 * @param foreign whether it belongs to somebody else
 */
public record SiteKitSecret(Secret present, boolean foreign) {
  static final String TOKEN = "authtoken";

  /** The key of the agent's configuration, which holds the token. */
  public static final String CONFIG = AgentConfig.FILE;

  /** The key of the instructions. */
  public static final String README = "README.txt";

  /** The key of the help for a technician. */
  public static final String HELP = "HELP.txt";

  static final String LABEL = "clinicnet.dev/site-kit";
  static final String CLINIC = "clinicnet.dev/clinic";
  static final String CREDENTIAL = "clinicnet.dev/credential-id";
  static final String ROTATED = "clinicnet.dev/rotated";
  static final String PENDING = "clinicnet.dev/pending-nonce";
  static final String LOST = "clinicnet.dev/lost-nonce";

  /** Reads the Secret of a Clinic. It belongs to the Clinic if its annotation names the Clinic. */
  public static SiteKitSecret of(Optional<Secret> secret, String clinic) {
    return secret
        .map(s -> new SiteKitSecret(s, !clinic.equals(annotations(s).get(CLINIC))))
        .orElse(new SiteKitSecret(null, false));
  }

  /** Whether there is no such Secret. */
  public boolean isAbsent() {
    return present == null;
  }

  /** The nonce of a credential that may exist. */
  Optional<String> pendingNonce() {
    return annotation(PENDING);
  }

  /** The nonce of a credential whose token nobody has, so that it will be deleted. */
  Optional<String> lostNonce() {
    return annotation(LOST);
  }

  /** Whether an authtoken is being issued. */
  boolean isIssuing() {
    return pendingNonce().isPresent() || lostNonce().isPresent();
  }

  /** The credential whose token is published here. */
  Optional<String> credentialID() {
    return token().flatMap(token -> annotation(CREDENTIAL));
  }

  /** The value of the annotation for rotation that the published token was issued for or after. */
  Optional<String> rotated() {
    return annotation(ROTATED);
  }

  /** The keys of the internal locks; empty while there are none, or when they are damaged. */
  Optional<LockKeys> lockKeys() {
    return foreign ? Optional.empty() : data(LockSecret.KEYS).flatMap(LockKeys::parse);
  }

  /** The value of the annotation for a rotation of these keys that was carried out. */
  Optional<String> lockRotated() {
    return annotation(LockSecret.ROTATED);
  }

  /** The published token. */
  public Optional<Token> token() {
    return data(TOKEN).filter(text -> !text.isBlank()).map(Token::new);
  }

  /** Whether it has these files. */
  boolean holds(Map<String, String> files) {
    return files.entrySet().stream()
        .allMatch(file -> SecretDigests.holds(present, file.getKey(), file.getValue()));
  }

  /** Whether it comes from the cache, with digests of its files. */
  boolean holdsDigests() {
    return SecretDigests.isDigest(SecretDigests.value(present, CONFIG))
        && SecretDigests.isDigest(SecretDigests.value(present, README))
        && SecretDigests.isDigest(SecretDigests.value(present, HELP));
  }

  /** Whether it has files with these digests. */
  boolean holdsDigests(Map<String, String> digests) {
    return digests.entrySet().stream()
        .allMatch(
            digest -> digest.getValue().equals(SecretDigests.value(present, digest.getKey())));
  }

  /** The text of one of its files. */
  public Optional<String> data(String key) {
    return SecretText.of(present, key);
  }

  private Optional<String> annotation(String key) {
    return present == null || foreign
        ? Optional.empty()
        : Optional.ofNullable(annotations(present).get(key));
  }

  private static Map<String, String> annotations(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  @Override
  public String toString() {
    return "SiteKitSecret[" + (present == null ? "absent" : present.getMetadata().getName()) + "]";
  }
}
