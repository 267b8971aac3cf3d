package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an import has found.
 *
 * @param clinics the sites, in order of their internal domains
 * @param marked the number of objects that carry a mark already, by the instance in the mark
 * @param skipped everything else
 */
record Imported(List<ImportedClinic> clinics, Map<String, Long> marked, List<Skipped> skipped) {

  Imported {
    clinics = List.copyOf(clinics);
    skipped = List.copyOf(skipped);
  }

  /** The same result, with everything of the account that is neither imported nor skipped yet. */
  Imported completed(AccountFacts facts) {
    Set<String> used = new HashSet<>();
    for (ImportedClinic clinic : clinics) {
      clinic.domains().forEach(domain -> used.add(domain.id()));
      used.addAll(clinic.credentials());
      for (ImportedService service : clinic.services()) {
        service.endpoint().map(Endpoint::id).ifPresent(used::add);
        facts.addresses().stream()
            .filter(address -> service.shownURL().equals("tcp://" + address.addr()))
            .forEach(address -> used.add(address.id()));
        facts.boundAt(service.internalURL()).forEach(bound -> used.add(bound.id()));
      }
      facts.users().stream()
          .filter(user -> clinic.serviceUsers().contains(user.name()))
          .forEach(user -> used.add(user.id()));
    }
    skipped.forEach(one -> used.add(one.id()));
    List<Skipped> all = new ArrayList<>(skipped);
    facts.endpoints().stream().filter(facts::isMarked).forEach(one -> used.add(one.id()));
    rest(all, used, facts.endpoints(), "Nothing of a site is recognised at it.");
    rest(all, used, facts.domains(), "No imported service uses it.");
    rest(
        all,
        used,
        facts.addresses(),
        "No imported service listens on it. To use it, set spec.expose.tcp.address of a"
            + " ClinicService.");
    facts.credentials().stream()
        .filter(one -> !used.contains(one.id()) && Mark.on(one).isEmpty())
        .forEach(one -> all.add(new Skipped("credential", one.id(), told(one), reason(one))));
    facts.users().stream()
        .filter(user -> !used.contains(user.id()) && !user.name().startsWith("clinicnet-"))
        .forEach(user -> all.add(Skipped.of(user, "It owns no credential of an imported site.")));
    facts.sessions().stream()
        .filter(session -> !isKnown(session.credential().id(), facts))
        .forEach(
            session ->
                all.add(
                    Skipped.of(
                        session,
                        "Its agent uses the authtoken "
                            + session.credential().id()
                            + ", which is of no imported site.")));
    all.sort(
        Comparator.comparing(Skipped::kind)
            .thenComparing(Skipped::name)
            .thenComparing(Skipped::id));
    return new Imported(clinics, marked, all);
  }

  private boolean isKnown(String credentialID, AccountFacts facts) {
    boolean ours =
        facts.credentials().stream()
            .anyMatch(one -> one.id().equals(credentialID) && Mark.on(one).isPresent());
    return ours || clinics.stream().anyMatch(one -> one.credentials().contains(credentialID));
  }

  /** The description helps people, since a credential has no name. */
  private static String told(Credential credential) {
    return credential.description() == null || credential.description().isBlank()
        ? credential.id()
        : credential.description().replaceAll("\\s+", " ").strip();
  }

  private static String reason(Credential credential) {
    boolean all = credential.acl().isEmpty() || credential.acl().contains("*");
    return all
        ? "It may bind every name of the account, so nothing tells its site. When the sites that"
            + " use it have site kits, delete it."
        : "It binds no name of an imported site alone ("
            + String.join(", ", new TreeSet<>(credential.acl()))
            + ").";
  }

  private static void rest(
      List<Skipped> all, Set<String> used, List<? extends RemoteObject> rows, String reason) {
    rows.stream()
        .filter(row -> !used.contains(row.id()) && Mark.on(row).isEmpty())
        .forEach(row -> all.add(Skipped.of(row, reason)));
  }

  /** The same result without some services, which are skipped for the reasons. */
  Imported without(Map<String, String> refused) {
    List<Skipped> all = new ArrayList<>(skipped);
    List<ImportedClinic> left = new ArrayList<>();
    for (ImportedClinic clinic : clinics) {
      List<ImportedService> kept = new ArrayList<>();
      for (ImportedService service : clinic.services()) {
        String reason = refused.getOrDefault(service.name(), refused.get(clinic.name()));
        if (reason == null) {
          kept.add(service);
        } else {
          service.endpoint().ifPresent(endpoint -> all.add(Skipped.of(endpoint, reason)));
          if (service.endpoint().isEmpty()) {
            all.add(new Skipped("endpoint", service.internalURL(), service.internalURL(), reason));
          }
        }
      }
      if (!refused.containsKey(clinic.name())) {
        left.add(clinic.with(kept));
      }
    }
    return new Imported(left, marked, all);
  }
}
