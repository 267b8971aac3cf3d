package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.ngrok.ReservedDomain;
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
}
