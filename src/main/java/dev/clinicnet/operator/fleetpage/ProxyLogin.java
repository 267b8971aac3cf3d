package dev.clinicnet.operator.fleetpage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A proxy in front of the page knows who asks, and says so in headers. It shows itself by a secret,
 * without which no header counts. Kubernetes still decides what the viewer may see.
 *
 * <p>Names that begin with {@code system:} belong to Kubernetes itself. The proxy cannot give them
 * to anybody, so that a group of that name in a directory of people makes nobody an administrator.
 */
final class ProxyLogin implements Login {
  static final String SECRET = "X-Fleet-Page-Secret";
  static final String USER = "X-Forwarded-User";
  static final String GROUPS = "X-Forwarded-Groups";

  private static final String RESERVED = "system:";
  private static final String EVERYBODY = "system:authenticated";

  private static final Refused NOT_THE_PROXY =
      new Refused(401, "Come through the proxy that logs you in.", null);

  private final Supplier<Optional<String>> secret;
  private final FailureLimit limit;

  /**
   * A login.
   *
   * @param secret what the proxy must show; empty while it cannot be read, and then nobody gets in
   * @param nanos a monotonic time in nanoseconds
   */
  ProxyLogin(Supplier<Optional<String>> secret, LongSupplier nanos) {
    this.secret = secret;
    this.limit = new FailureLimit(nanos);
  }

  @Override
  public Outcome check(Credentials credentials) {
    List<String> shown = credentials.header(SECRET);
    if (shown.size() == 1 && isSecret(shown.get(0))) {
      return viewer(credentials);
    }
    if (limit.isReached(credentials.address())) {
      return TOO_MANY_FAILURES;
    }
    if (!shown.isEmpty()) {
      limit.failed(credentials.address());
    }
    return NOT_THE_PROXY;
  }

  private static Outcome viewer(Credentials credentials) {
    List<String> users = credentials.header(USER);
    if (users.size() != 1 || users.get(0).isBlank() || users.get(0).strip().startsWith(RESERVED)) {
      return new Refused(401, "The proxy does not say who you are, in " + USER + ".", null);
    }
    List<String> groups = new ArrayList<>();
    credentials.header(GROUPS).stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .filter(group -> !group.isEmpty() && !group.startsWith(RESERVED))
        .forEach(groups::add);
    groups.add(EVERYBODY);
    return new Known(new Viewer(users.get(0).strip(), "", groups, Map.of()));
  }

  private boolean isSecret(String shown) {
    return secret
        .get()
        .filter(
            right ->
                MessageDigest.isEqual(
                    right.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }
}
