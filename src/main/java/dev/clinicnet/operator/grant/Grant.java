package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.claim.ServiceNames;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one namespace may hold: all its grants together. A grant never covers an object that carries
 * a mark, because the mark names its owner.
 *
 * @param account the NgrokAccount whose grants count; empty if there is no grant at all, so that
 *     every namespace is trusted
 * @param grants the grants that select the namespace
 */
public record Grant(
    Optional<String> account, String namespace, OnRevoked onRevoked, List<NamespaceGrant> grants) {

  private static final String TCP = "tcp://";

  /**
   * The grant if there are no grants at all: everything may be created, and nothing that exists may
   * be adopted.
   */
  public static final Grant TRUSTED = new Grant(Optional.empty(), "", OnRevoked.Retain, List.of());

  public Grant {
    grants = List.copyOf(grants);
  }

  /** Whether there are no grants at all, so that every namespace is trusted. */
  public boolean isTrusted() {
    return account.isEmpty();
  }

  /** Whether a Clinic may list a domain. */
  public boolean mayListDomain(String domain, boolean shared) {
    return isTrusted()
        || names(NamespaceGrant::domains, pattern -> pattern.admitsDomain(domain, namespace))
        || (shared
            && names(
                NamespaceGrant::sharedDomains, pattern -> pattern.admitsDomain(domain, namespace)));
  }

  /** Whether a host may be used that lies under a shared domain only. */
  public boolean mayShareHost(String host) {
    return isTrusted()
        || names(NamespaceGrant::sharedHosts, pattern -> pattern.admitsHost(host, namespace));
  }

  /** Whether a Clinic may have an internal domain. */
  public boolean mayHaveInternalDomain(String domain) {
    return isTrusted()
        || names(NamespaceGrant::internalDomains, pattern -> pattern.admitsHost(domain, namespace));
  }

  /** Whether services may have TCP addresses reserved. */
  public boolean mayReserveAddress() {
    return isTrusted() || grants.stream().anyMatch(grant -> grant.addresses().reserve());
  }

  /** Whether a service may use an address that exists and carries no mark. */
  public boolean existingAddress(String address) {
    return grants.stream().anyMatch(grant -> grant.addresses().existing().contains(address));
  }

  /** Whether a service may name an IP policy. */
  public boolean mayUseIPPolicy(String id) {
    return isTrusted() || grants.stream().anyMatch(grant -> grant.ipPolicyIDs().contains(id));
  }

  /** Whether services may have raw rules. */
  public boolean mayHaveTrafficPolicy() {
    return isTrusted() || grants.stream().anyMatch(NamespaceGrant::trafficPolicy);
  }

  /**
   * Whether an existing object without a mark may be adopted.
   *
   * @param name the domain, the host of an endpoint, or {@code host:port} of a TCP endpoint
   */
  public boolean mayAdopt(String name) {
    return grants.stream().anyMatch(grant -> adopts(grant, name));
  }

  /** Whether an adopted object is deleted at ngrok with its owner, and does not stay. */
  public boolean releasesAdopted(String name) {
    return grants.stream().anyMatch(grant -> grant.adoption().release() && adopts(grant, name));
  }

  /** Whether a public endpoint without a manifest may stay, by its host or address alone. */
  public boolean mayKeepOpen(String url) {
    if (isTrusted()) {
      return true;
    }
    if (url.startsWith(TCP)) {
      return mayReserveAddress() || existingAddress(url.substring(TCP.length()));
    }
    String host = ServiceNames.host(url);
    return mayShareHost(host)
        || mayListDomain(host, false)
        || mayListDomain("*" + host.substring(host.indexOf('.')), false);
  }

  /** The number of Clinics that the namespace may have; empty: any number. */
  public OptionalInt maxClinics() {
    return highest(NamespaceGrant::maxClinics);
  }

  /** The number of services that the namespace may have; empty: any number. */
  public OptionalInt maxServices() {
    return highest(NamespaceGrant::maxServices);
  }

  /** Whether public endpoints that are no longer granted are taken down. */
  public boolean closesRevoked() {
    return onRevoked == OnRevoked.Close;
  }

  private boolean adopts(NamespaceGrant grant, String name) {
    return grant.adoption().addresses().contains(name)
        || grant.adoption().names().stream()
            .anyMatch(text -> new NamePattern(text).admitsDomain(name, namespace));
  }

  private boolean names(
      Function<NamespaceGrant, List<String>> patterns, Predicate<NamePattern> admit) {
    return grants.stream()
        .map(patterns)
        .flatMap(Collection::stream)
        .map(NamePattern::new)
        .anyMatch(admit);
  }

  private OptionalInt highest(Function<NamespaceGrant, Integer> limit) {
    return grants.stream().map(limit).filter(Objects::nonNull).mapToInt(Integer::intValue).max();
  }
}
