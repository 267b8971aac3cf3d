package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.CertificateProblem;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a test replaces the edge, at which address, and with whose certificates. */
final class EdgeChoice {
  private EdgeChoice() {}

  /**
   * The edge of a test. If it is empty, DNS gives the addresses of public hosts.
   *
   * @param address {@code --edge-address}; null when it is not given
   * @param authorities {@code --edge-ca-file}; null when it is not given
   */
  static Optional<EdgeAddress> of(InetSocketAddress address, Path authorities) {
    if (address == null && authorities != null) {
      throw new StartFailure(
          ExitReason.EDGE_ADDRESS_MISSING,
          "--edge-ca-file says whom to trust at --edge-address HOST:PORT: give both, or neither");
    }
    return Optional.ofNullable(address)
        .map(
            edge ->
                new EdgeAddress(edge, Optional.ofNullable(authorities).map(EdgeChoice::bundle)));
  }

  private static String bundle(Path file) {
    try {
      return CertificateBundle.parse(Files.readString(file)).pem();
    } catch (IOException e) {
      throw unusable(file, "cannot be read as text: check the path and its permissions");
    } catch (CertificateProblem e) {
      throw unusable(file, e.getMessage());
    }
  }

  private static StartFailure unusable(Path file, String problem) {
    return new StartFailure(
        ExitReason.EDGE_AUTHORITIES_UNUSABLE, "--edge-ca-file " + file + " " + problem);
  }
}
