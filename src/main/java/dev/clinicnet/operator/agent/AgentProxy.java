package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.Token;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy through which an agent connects.
 *
 * @param url its URL, perhaps with a user, without a password
 * @param password the password of that user; null for none
 */
public record AgentProxy(String url, SecretValue password) {
  private static final Pattern LOGIN =
      Pattern.compile("(?<before>[a-z0-9]+://[^:@/]*):(?<password>[^@]*)(?<after>@.*)");

  public AgentProxy {
    Objects.requireNonNull(url, "url");
  }

  /**
   * Reads the text of {@link #text}.
   *
   * @throws IllegalArgumentException whose message names the key of the file, and no value
   */
  static AgentProxy parse(String text) {
    Matcher login = LOGIN.matcher(text);
    return login.matches()
        ? new AgentProxy(
            login.group("before") + login.group("after"),
            new SecretValue(decoded(login.group("password"))))
        : new AgentProxy(text, null);
  }

  private static String decoded(String password) {
    try {
      return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The cause is left out, because its message quotes the password.
      throw new IllegalArgumentException(
          "agent.proxy_url has a % in its password that begins no encoded character: write %25");
    }
  }

  /** The URL for the agent's file, with the password. */
  String text() {
    return with(
        Optional.ofNullable(password)
            .map(
                secret ->
                    URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8)
                        .replace("+", "%20")));
  }

  /**
   * A text that changes with the proxy and its password. It does not help to guess the password,
   * because the authtoken is the key of its hash: only who has the whole site kit can compute it.
   */
  String fingerprint(Token key) {
    return with(Optional.ofNullable(password).map(secret -> mac(key, secret)));
  }

  /** The host and port. */
  String address() {
    return url.replaceFirst("^[a-z0-9]+://([^@/]*@)?", "");
  }

  private String with(Optional<String> login) {
    int at = url.indexOf('@');
    return login.isEmpty() || at < 0
        ? url
        : url.substring(0, at) + ":" + login.get() + url.substring(at);
  }

  private static String mac(Token key, SecretValue secret) {
    byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(KeyedHash.of(bytes, secret.reveal()));
  }
}
