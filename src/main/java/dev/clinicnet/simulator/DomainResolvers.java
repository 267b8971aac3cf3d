package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The targets to which a domain may resolve. */
final class DomainResolvers {
  private static final Set<String> POPS =
      Set.of("us", "us-cal-1", "eu", "ap", "au", "in", "jp", "sa", "global");

  /** An address that is dedicated to the account, with or without a port (documented). */
  private static final Pattern DEDICATED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?");

  private DomainResolvers() {}

  static void check(JsonNode resolvers) {
    Set<String> seen = new HashSet<>();
    for (JsonNode entry : resolvers) {
      String value = entry.path("value").asText("");
      if (!POPS.contains(value) && !DEDICATED.matcher(value).matches()) {
        throw SimulatorError.DOMAIN_REGION.with(value, String.join(", ", POPS));
      }
      if (!seen.add(value)) {
        throw SimulatorError.REGION_REPEATED.with(value);
      }
    }
  }
}
