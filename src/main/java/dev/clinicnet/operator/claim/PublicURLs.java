package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.TCPExposure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The public URL that an object asks for: on a host, or on a TCP address. */
public final class PublicURLs {
  private static final String TCP = "tcp://";
  private static final Set<String> PORT_443 = Set.of("https", "tls");

  private PublicURLs() {}

  /** Whether the manifest of an object asks to be served at a URL. */
  public static boolean asks(HasMetadata object, String url) {
    if (object instanceof ClinicService service) {
      return of(service).filter(url::equals).isPresent();
    }
    return object instanceof Clinic clinic
        && clinic.getSpec().agent().api() != null
        && url.equals("https://" + clinic.getSpec().agent().api().host());
  }

  /** Whether the manifest of an object asks for a public host, for any protocol. */
  public static boolean asksForHost(HasMetadata object, String host) {
    return object instanceof ClinicService service
        ? ServiceNames.publicHost(service).filter(host::equals).isPresent()
        : asks(object, "https://" + host);
  }

  /** Whether a service is served at a URL that its manifest no longer asks for. */
  public static boolean leaves(ClinicService service) {
    String url = ClinicServiceStatus.of(service).publicURL();
    return url != null && !asks(service, url);
  }

  /** Whether two URLs have the same scheme. */
  public static boolean sameScheme(String one, String other) {
    return scheme(one).equals(scheme(other));
  }

  /**
   * Whether two public URLs have different schemes and the same host and port, so that there can be
   * an endpoint at one of them only: https and tls both use port 443 (inferred).
   */
  public static boolean competes(String one, String other) {
    return !sameScheme(one, other)
        && PORT_443.containsAll(List.of(scheme(one), scheme(other)))
        && one.substring(scheme(one).length()).equals(other.substring(scheme(other).length()));
  }

  private static String scheme(String url) {
    return url.substring(0, url.indexOf(':'));
  }

  private static Optional<String> of(ClinicService service) {
    Expose expose = service.getSpec().expose();
    return expose == null || expose.tcp() == null
        ? ServiceNames.publicURL(service)
        : address(service, expose.tcp()).map(TCP::concat);
  }

  /** The address that the manifest names, or the one that was reserved for the service. */
  private static Optional<String> address(ClinicService service, TCPExposure tcp) {
    if (tcp.address() != null) {
      return Optional.of(tcp.address());
    }
    return Optional.ofNullable(ClinicServiceStatus.of(service).address()).map(AddressStatus::addr);
  }
}
