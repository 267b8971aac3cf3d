package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.policy.Forward;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the sites in an account that grew by hand. It is a pure function of what is listed. */
final class Recognition {
  private final AccountFacts facts;
  private final Tokens tokens;
  private final List<Skipped> skipped = new ArrayList<>();

  private Recognition(AccountFacts facts) {
    this.facts = facts;
    this.tokens = new Tokens(facts);
  }

  /** The sites, and everything else with the reason. */
  static Imported of(AccountFacts facts) {
    return new Recognition(facts).recognise();
  }

  private Imported recognise() {
    List<PublicEndpoints.Candidate> candidates =
        new PublicEndpoints(facts, skipped::add).candidates();
    Map<String, Site> sites = sites(candidates);
    sites.values().removeIf(this::isImpossible);
    Map<String, String> labels = new TreeMap<>();
    sites.keySet().stream()
        .map(Recognition::source)
        .forEach(name -> labels.put(name, ImportedNames.label(name, ImportedNames.CLINIC)));
    Map<String, String> names = ImportedNames.unique(labels, ImportedNames.CLINIC);
    ImportedDomains domains = new ImportedDomains(facts, sites.values());
    List<ImportedClinic> clinics =
        sites.values().stream()
            .map(site -> clinic(site, names.get(source(site.domain())), domains))
            .toList();
    return new Imported(clinics, facts.marked(), List.copyOf(skipped)).completed(facts);
  }

  /** The readable part of an internal domain. */
  private static String source(String domain) {
    return domain.substring(0, domain.length() - ".internal".length());
  }

  private Map<String, Site> sites(List<PublicEndpoints.Candidate> candidates) {
    Set<String> hosts = new TreeSet<>();
    candidates.forEach(one -> hosts.add(Forward.host(one.policy().target()).orElseThrow()));
    facts.internal().forEach(bound -> hosts.add(Forward.host(bound.url()).orElseThrow()));
    List<Credential> unmarked =
        facts.credentials().stream().filter(one -> Mark.on(one).isEmpty()).toList();
    Map<String, String> domains = InternalDomains.of(hosts, unmarked);
    Map<String, Site> sites = new TreeMap<>();
    for (PublicEndpoints.Candidate candidate : candidates) {
      String host = Forward.host(candidate.policy().target()).orElseThrow();
      Optional<Site> site = site(domains.get(host), sites);
      site.ifPresent(its -> its.candidates().add(candidate));
      if (site.isEmpty()) {
        skipped.add(Skipped.of(candidate.endpoint(), noDomain(candidate.policy().target())));
      }
    }
    for (Endpoint bound : facts.internal()) {
      Optional<Site> site = site(domains.get(Forward.host(bound.url()).orElseThrow()), sites);
      site.ifPresent(its -> its.bound().add(bound));
      if (site.isEmpty()) {
        skipped.add(Skipped.of(bound, noDomain(bound.url())));
      }
    }
    return sites;
  }

  private static Optional<Site> site(String domain, Map<String, Site> sites) {
    return Optional.ofNullable(domain)
        .map(
            name ->
                sites.computeIfAbsent(
                    name, its -> new Site(its, new ArrayList<>(), new ArrayList<>())));
  }

  private static String noDomain(String url) {
    return "The internal URL "
        + url
        + " has no label for a site. A site needs an internal domain of 2 to 4 labels, with its"
        + " names below it: move it to a name such as "
        + "https://api.SITE.internal.";
  }

  private boolean isImpossible(Site site) {
    Optional<String> obstacle = tokens.obstacle(site.domain(), site.bound());
    obstacle.ifPresent(
        reason -> {
          site.candidates().forEach(one -> skipped.add(Skipped.of(one.endpoint(), reason)));
          site.bound().forEach(bound -> skipped.add(Skipped.of(bound, reason)));
        });
    return obstacle.isPresent();
  }

  private ImportedClinic clinic(Site site, String name, ImportedDomains domains) {
    List<ImportedService> services = services(site, name);
    List<Credential> credentials = tokens.of(site.domain());
    List<String> users =
        facts.users().stream()
            .filter(user -> credentials.stream().anyMatch(c -> user.id().equals(c.ownerId())))
            .map(user -> user.name())
            .distinct()
            .toList();
    return new ImportedClinic(
        name,
        site.domain(),
        users.stream().findFirst().flatMap(Recognition::displayName),
        domains.of(site),
        isRedundant(site),
        credentials.stream().map(Credential::id).sorted().toList(),
        users,
        services);
  }

  private static Optional<String> displayName(String user) {
    String text = user.replaceAll("\\s+", " ").replaceAll("[\\x00-\\x1f\\x7f]", "").strip();
    return Optional.of(text.length() > 100 ? text.substring(0, 100).strip() : text)
        .filter(shown -> !shown.isEmpty() && !shown.contains("${"));
  }

  /** Whether two agents bind the same endpoint. */
  private static boolean isRedundant(Site site) {
    Set<String> urls = new HashSet<>();
    return site.bound().stream().anyMatch(bound -> !urls.add(bound.url()));
  }

  private List<ImportedService> services(Site site, String clinic) {
    Map<String, PublicEndpoints.Candidate> byTarget = new TreeMap<>();
    List<PublicEndpoints.Candidate> inOrder = new ArrayList<>(site.candidates());
    inOrder.sort(Comparator.comparing(one -> one.endpoint().url()));
    for (PublicEndpoints.Candidate candidate : inOrder) {
      String target = AccountFacts.normal(candidate.policy().target());
      PublicEndpoints.Candidate other = byTarget.putIfAbsent(target, candidate);
      if (other != null) {
        skipped.add(
            Skipped.of(
                candidate.endpoint(),
                "It forwards to "
                    + target
                    + " as "
                    + other.endpoint().url()
                    + " does, and a ClinicService has one public endpoint. Let it forward to an"
                    + " internal endpoint of its own."));
      }
    }
    Set<String> urls = new TreeSet<>(byTarget.keySet());
    site.bound().forEach(bound -> urls.add(AccountFacts.normal(bound.url())));
    Map<String, String> names = names(site.domain(), clinic, urls);
    return urls.stream()
        .map(url -> service(url, names.get(url), Optional.ofNullable(byTarget.get(url))))
        .toList();
  }

  private ImportedService service(
      String url, String name, Optional<PublicEndpoints.Candidate> candidate) {
    return new ImportedService(
        name,
        url,
        candidate.map(PublicEndpoints.Candidate::endpoint),
        candidate.map(PublicEndpoints.Candidate::policy),
        Upstreams.of(url, facts.boundAt(url).stream().findFirst()));
  }

  /**
   * The names of services by their internal URLs. A host with several URLs has one name for each.
   */
  private static Map<String, String> names(String domain, String clinic, Set<String> urls) {
    Map<String, Integer> hosts = new TreeMap<>();
    urls.forEach(url -> hosts.merge(Forward.host(url).orElseThrow(), 1, Integer::sum));
    Map<String, String> wanted = new TreeMap<>();
    for (String url : urls) {
      String host = Forward.host(url).orElseThrow();
      String below = host.substring(0, host.length() - domain.length() - 1);
      String more = hosts.get(host) == 1 ? "" : "-" + url.replaceFirst("://[^:]*", "");
      wanted.put(url, ImportedNames.label(clinic + "-" + below + more, ImportedNames.SERVICE));
    }
    return ImportedNames.unique(wanted, ImportedNames.SERVICE);
  }
}
