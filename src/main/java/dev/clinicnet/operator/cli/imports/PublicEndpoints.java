package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.policy.Forward;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The public endpoints for which a ClinicService may stand. */
final class PublicEndpoints {
  /**
   * One of them.
   *
   * @param domain the reserved domain that covers its host; empty for an address
   */
  record Candidate(Endpoint endpoint, PolicyReading policy, Optional<ReservedDomain> domain) {}

  private final AccountFacts facts;
  private final Consumer<Skipped> skipped;
  private final Set<String> hosts = new HashSet<>();

  PublicEndpoints(AccountFacts facts, Consumer<Skipped> skipped) {
    this.facts = facts;
    this.skipped = skipped;
  }

  /** All of them without a mark. The others are skipped, with the reason. */
  List<Candidate> candidates() {
    List<Candidate> found = new ArrayList<>();
    for (Endpoint endpoint : facts.endpoints()) {
      if (facts.isMarked(endpoint) || AccountFacts.isInternal(endpoint)) {
        continue;
      }
      if (endpoint.isCloud()) {
        PolicyReading.Result policy = PolicyReading.of(endpoint.url(), endpoint.trafficPolicy());
        Optional<ReservedDomain> domain = domain(endpoint);
        Optional<String> reason =
            form(endpoint)
                .or(() -> name(endpoint, domain))
                .or(() -> Optional.ofNullable(policy.reason()));
        if (reason.isPresent()) {
          skipped.accept(Skipped.of(endpoint, reason.get()));
        } else {
          found.add(new Candidate(endpoint, policy.reading(), domain));
        }
      } else {
        skipped.accept(Skipped.of(endpoint, notOfTheCloud(endpoint)));
      }
    }
    return found;
  }

  private static String notOfTheCloud(Endpoint endpoint) {
    return endpoint.tunnelSession() == null
        ? "It is neither a cloud endpoint nor one of an agent (its type is "
            + endpoint.type()
            + ")."
        : "An agent binds the public URL itself. Let the agent bind an internal URL, and make a"
            + " cloud endpoint that forwards to it.";
  }

  private Optional<String> form(Endpoint endpoint) {
    String url = endpoint.url();
    if (Forward.host(url).filter(host -> host.endsWith(".internal")).isPresent()) {
      return Optional.of("Its URL is internal, and a ClinicService makes public endpoints.");
    }
    if (!endpoint.bindings().isEmpty() && !endpoint.bindings().equals(List.of("public"))) {
      return Optional.of(
          "Its binding is "
              + String.join(", ", endpoint.bindings())
              + ", and a ClinicService makes public endpoints.");
    }
    if (!url.matches("(https|tls|tcp)://.*")) {
      return Optional.of("A ClinicService has no public endpoint of this scheme.");
    }
    long same = facts.endpoints().stream().filter(other -> other.url().equals(url)).count();
    if (same > 1) {
      return Optional.of(
          "Several endpoints share its URL as a pool, and a ClinicService has one endpoint.");
    }
    if (!url.startsWith("tcp:") && !hosts.add(AccountFacts.authority(url))) {
      return Optional.of("Another endpoint has the same host, and a host is of one ClinicService.");
    }
    return Optional.empty();
  }

  private Optional<String> name(Endpoint endpoint, Optional<ReservedDomain> domain) {
    String name = AccountFacts.authority(endpoint.url());
    if (!endpoint.url().startsWith("tcp:")) {
      if (name.startsWith("*.")) {
        return Optional.of("It serves a wildcard, and a ClinicService has one host.");
      }
      return domain.isEmpty()
          ? Optional.of(
              "No reserved domain of the account is its host, or a wildcard exactly one label above"
                  + " it.")
          : heldBy(domain.get())
              .map(holder -> "Its domain " + domain.get().domain() + " is held by " + holder + ".");
    }
    return facts.addresses().stream()
        .filter(address -> address.addr().equals(name))
        .findFirst()
        .map(PublicEndpoints::heldBy)
        .map(holder -> holder.map(who -> "Its TCP address is held by " + who + "."))
        .orElse(Optional.of("Its TCP address is not reserved in the account."));
  }

  private static Optional<String> heldBy(RemoteObject row) {
    return Mark.on(row).flatMap(mark -> mark.owner().map(owner -> holder(owner, mark)));
  }

  private static String holder(Owner owner, Mark mark) {
    return owner + " of instance " + mark.instance();
  }

  private Optional<ReservedDomain> domain(Endpoint endpoint) {
    String host = AccountFacts.authority(endpoint.url());
    return facts.domains().stream()
        .filter(reserved -> reserved.domain().equals(host))
        .findFirst()
        .or(
            () ->
                facts.domains().stream()
                    .filter(reserved -> DomainNames.covers(reserved.domain(), host))
                    .findFirst());
  }
}
