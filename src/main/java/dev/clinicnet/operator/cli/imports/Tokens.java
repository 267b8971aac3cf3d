package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.claim.BindRule;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.policy.Forward;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The credentials that concern the names of a site. */
final class Tokens {
  private static final String INTERNAL = "internal";

  private final AccountFacts facts;

  Tokens(AccountFacts facts) {
    this.facts = facts;
  }

  /** The credentials that bind names of this internal domain and of no other. */
  List<Credential> of(String domain) {
    return facts.credentials().stream()
        .filter(credential -> Mark.on(credential).isEmpty())
        .filter(credential -> isOf(credential, domain))
        .toList();
  }

  private static boolean isOf(Credential credential, String domain) {
    List<String> internal = internalNames(credential);
    return !internal.isEmpty()
        && credential.acl().stream()
            .allMatch(rule -> BindRule.isBind(rule) && isLimited(BindRule.name(rule)))
        && internal.stream().allMatch(name -> isWithin(name, domain));
  }

  private static boolean isLimited(String name) {
    return DomainNames.isWildcard(name) || (!name.contains("*") && name.contains("."));
  }

  private static List<String> internalNames(Credential credential) {
    return credential.acl().stream()
        .filter(BindRule::isBind)
        .map(BindRule::name)
        .filter(name -> name.equals("*." + INTERNAL) || name.endsWith("." + INTERNAL))
        .toList();
  }

  /** Whether a permitted name, which may be a wildcard, lies in the domain alone. */
  private static boolean isWithin(String name, String domain) {
    return name.equals("*." + domain) || DomainNames.isBelow(DomainNames.base(name), domain);
  }

  /**
   * Why the operator would refuse a Clinic with this internal domain; empty when it would not.
   *
   * @param members the endpoints of agents below it
   */
  Optional<String> obstacle(String domain, List<Endpoint> members) {
    for (Credential credential : facts.credentials()) {
      boolean concerned =
          internalNames(credential).stream().anyMatch(name -> concerns(name, domain));
      Optional<Mark> mark = Mark.on(credential);
      if (concerned && mark.isPresent()) {
        return Optional.of(
            "Its internal domain "
                + domain
                + " is held by "
                + mark.get().owner().map(Owner::toString).orElse("an object")
                + " of instance "
                + mark.get().instance()
                + ": add a ClinicService there.");
      }
      if (concerned && !isOf(credential, domain)) {
        return Optional.of(
            "The authtoken "
                + credential.id()
                + " may bind names of its internal domain "
                + domain
                + " and of others: give each site an authtoken of its own first.");
      }
    }
    return severalSites(domain, members);
  }

  private static boolean concerns(String name, String domain) {
    String base = DomainNames.base(name);
    return DomainNames.isUnder(base, domain)
        || (DomainNames.isWildcard(name) && DomainNames.isUnder(domain, base));
  }

  /** Several tokens, each for other names of one domain, are probably several sites. */
  private Optional<String> severalSites(String domain, List<Endpoint> members) {
    Map<String, Set<String>> names = new TreeMap<>();
    for (Credential credential : of(domain)) {
      if (!credential.acl().stream().map(BindRule::name).anyMatch(("*." + domain)::equals)) {
        internalNames(credential)
            .forEach(
                name -> names.computeIfAbsent(credential.id(), id -> new TreeSet<>()).add(name));
      }
    }
    for (Endpoint bound : members) {
      facts
          .credentialOf(bound)
          .filter(
              credential ->
                  !credential.acl().stream().map(BindRule::name).anyMatch(("*." + domain)::equals))
          .ifPresent(
              credential ->
                  names
                      .computeIfAbsent(credential.id(), id -> new TreeSet<>())
                      .add(Forward.host(bound.url()).orElse(bound.url())));
    }
    List<String> ids = new ArrayList<>(names.keySet());
    for (int i = 0; i < ids.size(); i++) {
      for (int j = i + 1; j < ids.size(); j++) {
        if (Collections.disjoint(names.get(ids.get(i)), names.get(ids.get(j)))) {
          return Optional.of(
              "The authtokens "
                  + ids.get(i)
                  + " and "
                  + ids.get(j)
                  + " bind different names below "
                  + domain
                  + ", so they are probably of different sites. A site needs an internal domain of"
                  + " its own, with its names below it: rename them, for example to"
                  + " api.SITE.internal.");
        }
      }
    }
    return Optional.empty();
  }
}
