package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The domains that sites use. A domain is shared if anything but one site has a name of it. */
final class ImportedDomains {
  private final AccountFacts facts;
  private final Map<String, Set<String>> sites = new TreeMap<>();
  private final Map<String, Set<String>> hosts = new TreeMap<>();

  ImportedDomains(AccountFacts facts, Collection<Site> sites) {
    this.facts = facts;
    for (Site site : sites) {
      for (PublicEndpoints.Candidate candidate : site.candidates()) {
        candidate
            .domain()
            .ifPresent(
                domain -> {
                  this.sites
                      .computeIfAbsent(domain.domain(), name -> new HashSet<>())
                      .add(site.domain());
                  hosts
                      .computeIfAbsent(site.domain(), name -> new HashSet<>())
                      .add(AccountFacts.authority(candidate.endpoint().url()));
                });
      }
    }
  }

  /** The domains of one site, in order of their names. */
  List<ImportedClinic.Domain> of(Site site) {
    return site.candidates().stream()
        .flatMap(candidate -> candidate.domain().stream())
        .distinct()
        .sorted(java.util.Comparator.comparing(ReservedDomain::domain))
        .map(
            domain ->
                new ImportedClinic.Domain(domain.id(), domain.domain(), isShared(domain, site)))
        .toList();
  }

  private boolean isShared(ReservedDomain domain, Site site) {
    return sites.get(domain.domain()).size() > 1
        || Mark.on(domain).filter(mark -> mark.owner().isEmpty()).isPresent()
        || (DomainNames.isWildcard(domain.domain()) && othersAreBelow(domain.domain(), site));
  }

  private boolean othersAreBelow(String wildcard, Site site) {
    Set<String> own = hosts.get(site.domain());
    boolean served =
        facts.endpoints().stream()
            .map(Endpoint::url)
            .map(AccountFacts::authority)
            .anyMatch(
                host ->
                    DomainNames.isBelow(host, DomainNames.base(wildcard)) && !own.contains(host));
    boolean reserved =
        facts.domains().stream()
            .map(ReservedDomain::domain)
            .anyMatch(
                other ->
                    DomainNames.contains(wildcard, other)
                        && !sites.getOrDefault(other, Set.of()).equals(Set.of(site.domain())));
    return served || reserved;
  }
}
