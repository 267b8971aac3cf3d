package dev.clinicnet.operator.policy;

import dev.clinicnet.operator.config.Known;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a public endpoint forwards to. Every policy has one. It cannot be made for a URL outside
 * the internal domain that the Clinic has now, because that URL may belong to another clinic.
 *
 * @param url an internal endpoint of the Clinic
 * @param internalDomain the internal domain that the Clinic has now
 * @param lock the secret that a request must carry to pass the lock of the internal endpoint, as a
 *     reference to the vault; null for none
 */
public record Forward(String url, String internalDomain, String lock) {
  /** The header with the secret of the lock. */
  public static final String LOCK_HEADER = "clinicnet-internal-lock";

  private static final String INTERNAL = ".internal";
  private static final Set<String> SCHEMES = Set.of("http", "https", "tcp", "tls");
  private static final Known<Optional<String>> HOSTS = new Known<>(Forward::read);

  /** A forward to an endpoint without a lock. */
  public Forward(String url, String internalDomain) {
    this(url, internalDomain, null);
  }

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException for a URL that is not of the Clinic
   */
  public Forward {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(internalDomain, "internalDomain");
    Cel.refuseInterpolation(url);
    if (!isUnder(url, internalDomain)) {
      throw new IllegalArgumentException(
          "\"%s\" is not an internal endpoint to forward to; it needs a host under %s"
              .formatted(url, internalDomain));
    }
  }

  /** Whether a URL leads to an endpoint under an internal domain. */
  public static boolean isUnder(String url, String internalDomain) {
    return host(url)
        .filter(host -> host.endsWith(INTERNAL))
        .filter(host -> host.endsWith("." + internalDomain))
        .isPresent();
  }

  /**
   * The host of a URL, in lower case. It is empty for a text that is not a URL, that is only a
   * template, or that has more than a scheme, a host and a port: another reader could take another
   * part for the host.
   */
  public static Optional<String> host(String url) {
    return url == null || url.contains("${") ? Optional.empty() : HOSTS.of(url);
  }

  private static Optional<String> read(String url) {
    try {
      return Optional.of(URI.create(url))
          .filter(Forward::isPlain)
          .map(URI::getHost)
          .map(host -> host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(URI uri) {
    return uri.getScheme() != null
        && SCHEMES.contains(uri.getScheme())
        && uri.getHost() != null
        && !uri.getHost().endsWith(".")
        && uri.getRawUserInfo() == null
        && (uri.getRawPath() == null || uri.getRawPath().isEmpty())
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  String scheme() {
    return URI.create(url).getScheme();
  }
}
