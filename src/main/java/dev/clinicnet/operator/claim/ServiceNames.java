package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.config.Known;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The names that a ClinicService has, or has by default. */
public final class ServiceNames {
  private static final Known<Optional<String>> HOSTS =
      new Known<>(url -> Optional.ofNullable(URI.create(url).getHost()));

  private ServiceNames() {}

  /**
   * The URL that the agent binds: {@code https://<name>.<internalDomain>} for http and https
   * upstreams, {@code tls://} for services that are exposed by TLS, and {@code tcp://} with the
   * upstream's port for the others.
   */
  public static String internalURL(ClinicService service, String internalDomain) {
    String given = service.getSpec().internalURL();
    if (given != null) {
      return withoutDefaultPort(given);
    }
    String host = service.getMetadata().getName() + "." + internalDomain;
    Expose expose = service.getSpec().expose();
    if (expose != null && expose.tls() != null) {
      return "tls://" + host;
    }
    // java.net.URI is not used, because it refuses machine names that the schema admits.
    String upstream = service.getSpec().upstream().url();
    return upstream.startsWith("http")
        ? "https://" + host
        : "tcp://" + host + upstream.substring(upstream.lastIndexOf(':'));
  }

  /** The URL as ngrok lists it: without the default port of its scheme (observed). */
  private static String withoutDefaultPort(String url) {
    String port = url.startsWith("http://") ? ":80" : ":443";
    return url.endsWith(port) && !url.startsWith("tcp:")
        ? url.substring(0, url.length() - port.length())
        : url;
  }

  /** The host of a URL. */
  public static String host(String url) {
    return HOSTS.of(url).orElse(null);
  }

  /** The public host that the service claims; empty if it claims none. */
  public static Optional<String> publicHost(ClinicService service) {
    return publicURL(service).map(ServiceNames::host);
  }

  /** The public URL on a host that the service claims; empty for one on an address. */
  public static Optional<String> publicURL(ClinicService service) {
    Expose expose = service.getSpec().expose();
    if (expose != null && expose.tls() != null) {
      return Optional.of("tls://" + expose.tls().host());
    }
    return Optional.ofNullable(expose).map(Expose::https).map(https -> "https://" + https.host());
  }

  /** The TCP addresses that the service asks for by name, or has according to its status. */
  public static Set<String> addresses(ClinicService service) {
    Set<String> addresses = new LinkedHashSet<>();
    Expose expose = service.getSpec().expose();
    if (expose != null && expose.tcp() != null && expose.tcp().address() != null) {
      addresses.add(expose.tcp().address());
    }
    AddressStatus has = ClinicServiceStatus.of(service).address();
    if (has != null && has.addr() != null) {
      addresses.add(has.addr());
    }
    return addresses;
  }
}
