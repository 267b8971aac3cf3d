package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.ngrok.ReservedDomain;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what is in the operator's other accounts. The platform gives a domain to one account. */
@FunctionalInterface
public interface Elsewhere {
  /** There are no other accounts. */
  Elsewhere NOWHERE = domain -> Optional.empty();

  /**
   * A reserved domain.
   *
   * @param account the name of its account
   */
  record Reserved(String account, ReservedDomain domain) {}

  /** The domain of this name in another account. */
  Optional<Reserved> reserved(String domain);

  /**
   * What is there of these domains now, without a further look. Who decides on one state of its own
   * account takes this before: if two looked into each other's accounts meanwhile, each would wait
   * for the other for ever.
   */
  default Elsewhere now(Collection<String> domains) {
    Map<String, Reserved> found = new HashMap<>();
    domains.forEach(domain -> reserved(domain).ifPresent(there -> found.put(domain, there)));
    return domain -> Optional.ofNullable(found.get(domain));
  }
}
