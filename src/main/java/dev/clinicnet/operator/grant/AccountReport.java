package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.GrantStatus;
import dev.clinicnet.operator.api.v1alpha1.GrantTotals;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an account's status: whether the account is used, and for how many objects.
 *
 * @param namespaces the labels of every namespace, by its name
 * @param clinics the number of Clinics, by namespace
 * @param services the number of ClinicServices, by namespace
 */
public record AccountReport(
    Map<String, Map<String, String>> namespaces,
    Map<String, Integer> clinics,
    Map<String, Integer> services) {

  /** The status of an account. */
  public NgrokAccountStatus of(NgrokAccount account, Instant now) {
    List<Condition> before =
        account.getStatus() == null ? List.of() : account.getStatus().conditions();
    long generation = account.getMetadata().getGeneration();
    Condition accepted = condition(verdict(account), before, generation, now);
    if (!Grants.isUsed(account)) {
      return new NgrokAccountStatus(generation, List.of(accepted), List.of(), null);
    }
    List<GrantStatus> grants = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>();
    for (NamespaceGrant grant : account.getSpec().grants()) {
      Set<String> selected = selected(grant);
      all.addAll(selected);
      grants.add(
          new GrantStatus(
              grant.name(), selected.size(), sum(clinics, selected), sum(services, selected)));
    }
    return new NgrokAccountStatus(
        generation,
        List.of(accepted),
        grants,
        new GrantTotals(grants.size(), all.size(), sum(clinics, all), sum(services, all)));
  }

  private Set<String> selected(NamespaceGrant grant) {
    Set<String> selected = new LinkedHashSet<>();
    namespaces.forEach(
        (name, labels) -> {
          if (Grants.selects(grant, name, labels)) {
            selected.add(name);
          }
        });
    return selected;
  }

  private static Verdict verdict(NgrokAccount account) {
    if (!Grants.isUsed(account)) {
      return Verdict.no(Reason.AccountNotUsed, Grants.NOT_USED);
    }
    return Verdict.yes(
        Reason.Accepted,
        account.getSpec().grants().isEmpty()
            ? "There is no grant: every namespace is trusted."
            : "What is not granted here is refused.");
  }

  private static Condition condition(
      Verdict verdict, List<Condition> before, long generation, Instant now) {
    String type = ConditionType.Accepted.name();
    Optional<Condition> old = Conditions.find(before, ConditionType.Accepted);
    String since =
        old.filter(known -> known.status() == verdict.status())
            .map(Condition::lastTransitionTime)
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(
        type, verdict.status(), generation, since, verdict.reason().name(), verdict.message());
  }

  private static int sum(Map<String, Integer> counts, Set<String> of) {
    return of.stream().mapToInt(name -> counts.getOrDefault(name, 0)).sum();
  }
}
