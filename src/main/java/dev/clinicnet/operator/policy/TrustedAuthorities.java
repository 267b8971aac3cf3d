package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** The certificate authorities whose clients a policy admits. */
public final class TrustedAuthorities {
  private static final String FIELD = "mutual_tls_certificate_authorities";

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private TrustedAuthorities() {}

  /**
   * Whether a policy takes trust back that another one gives: it no longer admits clients of one of
   * its authorities, or it asks for client certificates for the first time. A text that cannot be
   * read gives no trust.
   *
   * @param before the text in force; null for none
   * @param after the text that replaces it
   */
  public static boolean areTakenBack(String before, String after) {
    Set<String> old = in(before);
    Set<String> now = in(after);
    return !now.equals(old) && !now.isEmpty() && (old.isEmpty() || !now.containsAll(old));
  }

  private static Set<String> in(String policy) {
    Set<String> found = new HashSet<>();
    if (policy != null) {
      PolicyText.read(policy)
          .ifPresent(
              tree -> tree.findValues(FIELD).forEach(list -> list.forEach(ca -> add(ca, found))));
    }
    return found;
  }

  /** One text may hold several certificates. */
  private static void add(JsonNode authority, Set<String> found) {
    for (String certificate : authority.asText().split(BEGIN, -1)) {
      if (!certificate.isBlank()) {
        found.add(certificate.strip());
      }
    }
  }
}
