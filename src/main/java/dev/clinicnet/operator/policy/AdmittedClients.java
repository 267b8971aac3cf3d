package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The clients that a policy admits, by what they must show: a certificate of an authority, or a
 * user name with its password. Only these come from referenced objects. The policy has a client
 * secret as a reference to the vault, and all other access stands in the manifest.
 */
public final class AdmittedClients {
  private static final String AUTHORITIES = "mutual_tls_certificate_authorities";

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private AdmittedClients() {}

  /**
   * Whether a policy takes access away that another one gives: it no longer admits clients of one
   * of its authorities, or one of its users, or it asks for certificates or passwords for the first
   * time. A text that cannot be read asks for nothing.
   *
   * @param before the text in force; null for none
   * @param after the text that replaces it; null for none
   */
  public static boolean areFewer(String before, String after) {
    Optional<JsonNode> old = read(before);
    Optional<JsonNode> now = read(after);
    return loses(
            old.flatMap(AdmittedClients::authorities), now.flatMap(AdmittedClients::authorities))
        || loses(
            old.flatMap(AdmittedClients::credentials), now.flatMap(AdmittedClients::credentials));
  }

  /** Whether somebody cannot show any more what is asked for; empty if nothing is asked for. */
  private static boolean loses(Optional<Set<String>> before, Optional<Set<String>> after) {
    return after.filter(now -> before.filter(now::containsAll).isEmpty()).isPresent();
  }

  private static Optional<JsonNode> read(String policy) {
    return Optional.ofNullable(policy).flatMap(PolicyText::read);
  }

  private static Optional<Set<String>> authorities(JsonNode policy) {
    List<JsonNode> lists = policy.findValues(AUTHORITIES);
    Set<String> found = new HashSet<>();
    lists.forEach(list -> list.forEach(authority -> addCertificates(authority, found)));
    return lists.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** One text may hold several certificates. */
  private static void addCertificates(JsonNode authority, Set<String> found) {
    for (String certificate : authority.asText().split(BEGIN, -1)) {
      if (!certificate.isBlank()) {
        found.add(certificate.strip());
      }
    }
  }

  private static Optional<Set<String>> credentials(JsonNode policy) {
    boolean asked = false;
    Set<String> found = new HashSet<>();
    for (JsonNode actions : policy.findValues("actions")) {
      for (JsonNode action : actions) {
        if (action.path("type").asText().equals("basic-auth")) {
          asked = true;
          action
              .path("config")
              .path("credentials")
              .forEach(credential -> found.add(credential.toString()));
        }
      }
    }
    return asked ? Optional.of(found) : Optional.empty();
  }
}
