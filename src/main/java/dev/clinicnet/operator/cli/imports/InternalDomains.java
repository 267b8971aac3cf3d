package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.claim.BindRule;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.ngrok.Credential;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the internal domain of each site. It is the domain of a token's permission above the names,
 * or else the name without its first label. Domains that lie in one another are one site, because a
 * token for the upper one binds the names of both.
 */
final class InternalDomains {
  private static final int MOST_LABELS = 4;

  /** The longest name that ngrok takes has 5 labels (9031). */
  private static final int LONGEST_HOST = 5;

  private InternalDomains() {}

  /** The internal domains of hosts, by host; those without a possible domain are left out. */
  static Map<String, String> of(Collection<String> hosts, Collection<Credential> credentials) {
    Set<String> permitted = new TreeSet<>();
    for (Credential credential : credentials) {
      for (String rule : credential.acl()) {
        String name = BindRule.name(rule);
        if (DomainNames.isWildcard(name) && name.endsWith(".internal")) {
          permitted.add(DomainNames.base(name));
        }
      }
    }
    Map<String, String> domains = new TreeMap<>();
    for (String host : hosts) {
      permitted.stream()
          .filter(InternalDomains::isPossible)
          .filter(domain -> DomainNames.isBelow(host, domain))
          .min(java.util.Comparator.comparingInt(String::length))
          .or(() -> Optional.of(host.substring(host.indexOf('.') + 1)))
          .filter(InternalDomains::isPossible)
          .filter(domain -> host.split("\\.").length <= LONGEST_HOST)
          .ifPresent(domain -> domains.put(host, domain));
    }
    Set<String> all = new TreeSet<>(domains.values());
    domains.replaceAll((host, domain) -> uppermost(domain, all));
    return domains;
  }

  private static String uppermost(String domain, Set<String> all) {
    return all.stream()
        .filter(other -> DomainNames.isUnder(domain, other))
        .min(java.util.Comparator.comparingInt(String::length))
        .orElse(domain);
  }

  private static boolean isPossible(String domain) {
    int labels = domain.split("\\.").length;
    return labels >= 2 && labels <= MOST_LABELS && domain.endsWith(".internal");
  }
}
