package dev.clinicnet.operator.ngrok;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How to reach one ngrok account.
 *
 * @param baseUrl {@code https://api.ngrok.com}, or a simulator's; plain {@code http} only on
 *     loopback, since the API key travels in a header
 * @param apiKey supplies the key for every request, so that a replaced key takes effect at once;
 *     null or blank while there is none
 * @param serviceUsersPath {@code service_users} or its older name {@code bot_users}; one of them
 *     for the life of an installation, because ids of the two must not be mixed
 * @param connectTimeout for opening a connection
 * @param readTimeout for the silence between two parts of an answer
 * @param callTimeout for one request as a whole
 * @param userAgent the value of the header
 */
public record NgrokClientOptions(
    URI baseUrl,
    Supplier<String> apiKey,
    String serviceUsersPath,
    Duration connectTimeout,
    Duration readTimeout,
    Duration callTimeout,
    String userAgent) {

  /** The platform's own address (documented). */
  public static final URI DEFAULT_BASE_URL = URI.create("https://api.ngrok.com");

  static final String SERVICE_USERS = "service_users";
  static final String BOT_USERS = "bot_users";

  /** The least timeout of a fast time. An answer on the same machine is hardly ever so late. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public NgrokClientOptions {
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(userAgent, "userAgent");
    requireSafe(Objects.requireNonNull(baseUrl, "baseUrl"));
    if (!serviceUsersPath.equals(SERVICE_USERS) && !serviceUsersPath.equals(BOT_USERS)) {
      throw new IllegalArgumentException(
          "the path of service users is " + SERVICE_USERS + " or " + BOT_USERS);
    }
  }

  /** The defaults for everything but the address and the key. */
  public static NgrokClientOptions of(URI baseUrl, Supplier<String> apiKey) {
    return new NgrokClientOptions(
        baseUrl,
        apiKey,
        SERVICE_USERS,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        "clinic-operator");
  }

  /** These options with the other name of service users. */
  public NgrokClientOptions withServiceUsersPath(String path) {
    return new NgrokClientOptions(
        baseUrl, apiKey, path, connectTimeout, readTimeout, callTimeout, userAgent);
  }

  /** These options with other timeouts. */
  public NgrokClientOptions withTimeouts(Duration connect, Duration read, Duration call) {
    return new NgrokClientOptions(
        baseUrl, apiKey, serviceUsersPath, connect, read, call, userAgent);
  }

  /** These options in a time that may be faster than the real one. */
  public NgrokClientOptions in(AccountTime time) {
    return time.isReal()
        ? this
        : withTimeouts(
            fast(connectTimeout, time), fast(readTimeout, time), fast(callTimeout, time));
  }

  private static Duration fast(Duration timeout, AccountTime time) {
    Duration real = time.real(timeout);
    return real.compareTo(LEAST) < 0 ? LEAST : real;
  }

  /** These options with another user agent. */
  public NgrokClientOptions withUserAgent(String agent) {
    return new NgrokClientOptions(
        baseUrl, apiKey, serviceUsersPath, connectTimeout, readTimeout, callTimeout, agent);
  }

  /**
   * These options with another source of the key.
   *
   * @param key null or blank while there is none
   */
  public NgrokClientOptions withApiKey(Supplier<String> key) {
    return new NgrokClientOptions(
        baseUrl, key, serviceUsersPath, connectTimeout, readTimeout, callTimeout, userAgent);
  }

  private static void requireSafe(URI url) {
    boolean loopback = url.getHost() != null && LOOPBACK.contains(url.getHost());
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && loopback)) {
      throw new IllegalArgumentException(
          "the ngrok base URL must start with https:// (http:// only for localhost)");
    }
    if (url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw new IllegalArgumentException(
          "the ngrok base URL must be a scheme and a host, such as " + DEFAULT_BASE_URL);
    }
  }

  @Override
  public String toString() {
    return "NgrokClientOptions[baseUrl=" + baseUrl + ", apiKey=***, " + serviceUsersPath + "]";
  }
}
