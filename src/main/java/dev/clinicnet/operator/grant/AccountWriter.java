package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether an operator writes the status of an NgrokAccount. Several operators, each with
 * namespaces of its own, see different things of the same NgrokAccount. If each wrote what it sees,
 * they would take turns for ever. So the first one writes, and the others leave it to that one
 * unless it does not use the account and they do, or it does not answer a change of the spec.
 *
 * @param instance the name of the operator's installation
 * @param watched the namespaces that it watches; empty: all
 */
public record AccountWriter(String instance, Set<String> watched) {

  /** How long another operator may take to look at a changed spec before it counts as gone. */
  public static final Duration PATIENCE = Duration.ofMinutes(1);

  public AccountWriter {
    watched = Set.copyOf(watched);
  }

  /**
   * This operator, as it would stand in the status.
   *
   * @param labels the labels of every namespace, by its name
   */
  public AccountOperator self(NgrokAccount account, Map<String, Map<String, String>> labels) {
    boolean trustsAll =
        Grants.isDefault(account.getMetadata().getName()) && account.getSpec().grants().isEmpty();
    Stream<String> mine =
        watched.isEmpty() ? labels.keySet().stream() : watched.stream().filter(labels::containsKey);
    return new AccountOperator(
        instance,
        (int)
            mine.filter(
                    name ->
                        trustsAll
                            || account.getSpec().grants().stream()
                                .anyMatch(grant -> Grants.selects(grant, name, labels.get(name))))
                .count());
  }

  /**
   * Whether this operator writes the status. One that watches all namespaces always does: there is
   * only one.
   *
   * @param self this operator, as it would stand in the status
   * @param unanswered how long the status has been about another spec than the present one
   */
  public boolean writes(NgrokAccount account, AccountOperator self, Duration unanswered) {
    Optional<AccountOperator> present =
        Optional.ofNullable(account.getStatus()).map(status -> status.operator());
    return watched.isEmpty()
        || present.isEmpty()
        || present.get().instance().equals(instance)
        || (present.get().namespaces() == 0 && self.namespaces() > 0)
        || unanswered.compareTo(PATIENCE) >= 0;
  }
}
