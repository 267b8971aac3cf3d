package dev.clinicnet.simulator.traffic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code oauth} and {@code openid-connect}: a user who has logged in at a simulated provider goes
 * on, and all others are redirected to it (302; documented as a redirect).
 */
final class LoginAction implements Action {
  private static final String LOGIN = "https://idp.simulator.internal/login";
  private static final int FOUND = 302;

  private final String providerField;
  private final String findings;

  /** Names the config's field of the provider, and the variables that are set. */
  LoginAction(String providerField, String findings) {
    this.providerField = providerField;
    this.findings = findings;
  }

  @Override
  public Optional<Ending> run(Call call) {
    HTTPRequest request = call.run().request().orElseThrow();
    String provider = call.config().requireText(providerField);
    if (call.config().flag("allow_cors_preflight", false) && isPreflight(request)) {
      return Optional.empty();
    }
    Optional<TrafficAccount.Login> login = login(call, request, provider);
    if (login.isPresent()) {
      call.found(findings, Map.of("identity", identity(login.get())));
      return Optional.empty();
    }
    HTTPResponse response = HTTPResponse.empty(FOUND);
    String back = RequestURL.of(request).raw();
    response
        .headers()
        .set("location", LOGIN + "?provider=" + encode(provider) + "&return_to=" + encode(back));
    return call.answer(response, "nobody has logged in");
  }

  private static Optional<TrafficAccount.Login> login(
      Call call, HTTPRequest request, String provider) {
    return Cookies.of(request).getOrDefault(TrafficPolicies.SESSION_COOKIE, List.of()).stream()
        .flatMap(cookie -> call.run().account().login(cookie).stream())
        .filter(login -> login.provider().equals(provider))
        .findFirst();
  }

  private static Map<String, Object> identity(TrafficAccount.Login login) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("id", login.id());
    identity.put("name", login.name());
    if (!login.email().isEmpty()) {
      identity.put("email", login.email());
    }
    return identity;
  }

  private static boolean isPreflight(HTTPRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().first("origin").isPresent()
        && request.headers().first("access-control-request-method").isPresent();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
