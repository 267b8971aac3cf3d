package dev.clinicnet.operator.cli.kit;

import dev.clinicnet.operator.clinic.SiteKitSecret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a site kit.
 *
 * @param clinic the Clinic, as {@code namespace/name}
 * @param files their texts by name; the one with the token is the last
 */
record SiteKit(String clinic, Map<String, String> files) {
  /** The key {@code authtoken} is left out: the configuration holds the token. */
  static final List<String> NAMES =
      List.of(SiteKitSecret.README, SiteKitSecret.HELP, SiteKitSecret.CONFIG);

  SiteKit {
    files = new LinkedHashMap<>(files);
  }

  /** The files of a Secret with a token. */
  static SiteKit of(SiteKitSecret secret, String clinic) {
    Map<String, String> files = new LinkedHashMap<>();
    NAMES.forEach(name -> secret.data(name).ifPresent(text -> files.put(name, text)));
    return new SiteKit(clinic, files);
  }

  /** Whether a configuration is an earlier one of the same Clinic. The operator writes its head. */
  boolean isEarlier(String configuration) {
    return configuration
            .lines()
            .anyMatch(line -> line.startsWith("# Clinic " + clinic + ", configuration "))
        && configuration.lines().anyMatch(line -> line.startsWith("# Written by clinic-operator"));
  }

  @Override
  public String toString() {
    return "SiteKit[" + clinic + "]";
  }
}
