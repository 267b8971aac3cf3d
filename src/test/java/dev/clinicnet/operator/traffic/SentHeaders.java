package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.traffic.Credential.Password;
import dev.clinicnet.operator.traffic.Credential.Token;
import dev.clinicnet.operator.traffic.Credential.User;
import dev.clinicnet.simulator.traffic.Headers;
import dev.clinicnet.simulator.traffic.TrafficPolicies;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header fields by which a client says who it is. */
final class SentHeaders {
  private static final String COOKIE = TrafficPolicies.SESSION_COOKIE;

  private SentHeaders() {}

  static Headers of(Credential credential, TestAccount account) {
    Headers headers = new Headers();
    if (credential instanceof User user) {
      headers.add("Cookie", COOKIE + "=" + account.session(user));
    } else if (credential instanceof Password password) {
      String pair = password.user() + ":" + password.password();
      headers.add(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    } else if (credential instanceof Token token) {
      headers.add(token.header(), token.prefix() + TokenKeys.text(token, Site.START));
    }
    return headers;
  }
}
