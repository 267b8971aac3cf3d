package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.fleetpage.Runbooks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is a fleet page, and how its viewers log in. It is never open to everybody. */
final class FleetPageChoice {
  private static final int LEAST_SECRET = 16;

  /** How viewers log in. */
  enum Access {
    /** With a token of Kubernetes. */
    TOKEN,
    /** A proxy logs them in. */
    PROXY
  }

  private FleetPageChoice() {}

  /**
   * The page; empty if there is none.
   *
   * @param port {@code --fleet-page-port}; null when it is not given
   * @param access {@code --fleet-page-access}; null when it is not given
   * @param secret {@code --fleet-page-proxy-secret-file}; null when it is not given
   * @param runbooks {@code --runbook-url}; null when it is not given
   */
  static Optional<FleetPageOptions> of(Integer port, Access access, Path secret, URI runbooks) {
    Runbooks links = new Runbooks(Optional.ofNullable(runbooks));
    if (port == null) {
      if (access != null || secret != null) {
        throw new StartFailure(
            ExitReason.FLEET_PAGE_INCOMPLETE,
            (access == null ? "--fleet-page-proxy-secret-file" : "--fleet-page-access")
                + " needs --fleet-page-port PORT: give both, or neither");
      }
      return Optional.empty();
    }
    if (access == null) {
      throw new StartFailure(
          ExitReason.FLEET_PAGE_INCOMPLETE,
          "--fleet-page-port needs --fleet-page-access token or proxy, because the page is never"
              + " open to everybody (fleetPage.access in the chart's values)");
    }
    if (access == Access.TOKEN) {
      if (secret != null) {
        throw new StartFailure(
            ExitReason.FLEET_PAGE_CONTRADICTORY,
            "--fleet-page-access token and --fleet-page-proxy-secret-file contradict each other:"
                + " leave the file out, or use --fleet-page-access proxy");
      }
      return Optional.of(new FleetPageOptions(port, Optional.empty(), links));
    }
    if (secret == null) {
      throw new StartFailure(
          ExitReason.FLEET_PAGE_INCOMPLETE,
          "--fleet-page-access proxy needs --fleet-page-proxy-secret-file FILE, because everybody"
              + " could pretend to be the proxy");
    }
    if (read(secret).isEmpty()) {
      throw new StartFailure(
          ExitReason.FLEET_PAGE_SECRET_UNUSABLE,
          "--fleet-page-proxy-secret-file "
              + secret
              + " holds no secret: write one word of at least "
              + LEAST_SECRET
              + " characters into it");
    }
    return Optional.of(new FleetPageOptions(port, Optional.of(() -> read(secret)), links));
  }

  /** The secret; empty while there is none that is long enough. */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip())
          .filter(text -> text.length() >= LEAST_SECRET && text.matches("[!-~]+"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
