package dev.clinicnet.operator.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which client addresses are admitted. ngrok looks at the address of the connection, never at a
 * header, and admits what matches an allow entry and no deny entry (documented for restrict-ips).
 */
public record AddressRestriction(List<Cidr> allow, List<Cidr> deny, List<String> ipPolicyIDs) {

  public AddressRestriction {
    allow = allow.stream().distinct().toList();
    deny = deny.stream().distinct().toList();
    ipPolicyIDs = ipPolicyIDs.stream().distinct().toList();
  }

  /** Reads the lists; each may be empty, all empty means any address. */
  public static AddressRestriction of(
      List<String> allowCIDRs, List<String> denyCIDRs, List<String> ipPolicyIDs) {
    return new AddressRestriction(
        read("allowCIDRs", allowCIDRs), read("denyCIDRs", denyCIDRs), ipPolicyIDs);
  }

  /**
   * Reads what can be read of a manifest's lists. An allow list counts only as a whole, because a
   * part of it would keep out clients that the whole admits. Of a deny list, each network counts by
   * itself.
   */
  static AddressRestriction readable(
      List<String> allowCIDRs, List<String> denyCIDRs, List<String> ipPolicyIDs) {
    List<Cidr> allow = readable(allowCIDRs);
    List<Cidr> deny = readable(denyCIDRs);
    return allow.size() == allowCIDRs.size()
        ? new AddressRestriction(allow, deny, ipPolicyIDs)
        : new AddressRestriction(List.of(), deny, List.of());
  }

  /**
   * Reads the lists where no other IP policies may be named. If there are any, only the deny list
   * counts.
   */
  AddressRestriction naming(Collection<String> policies) {
    return policies.containsAll(ipPolicyIDs)
        ? this
        : new AddressRestriction(List.of(), deny, List.of());
  }

  /** Whether this admits every client that another restriction admits. */
  boolean admitsAllOf(AddressRestriction other) {
    return deny.stream().allMatch(network -> covers(other.deny, network)) && allowsAllOf(other);
  }

  private boolean allowsAllOf(AddressRestriction other) {
    if (allow.isEmpty() && ipPolicyIDs.isEmpty()) {
      return true;
    }
    // The content of an IP policy is not known, so it equals only itself.
    if (!Set.copyOf(ipPolicyIDs).equals(Set.copyOf(other.ipPolicyIDs))) {
      return false;
    }
    return !(other.allow.isEmpty() && other.ipPolicyIDs.isEmpty())
        && other.allow.stream().allMatch(network -> covers(allow, network));
  }

  private static boolean covers(List<Cidr> networks, Cidr network) {
    return networks.stream().anyMatch(one -> one.contains(network));
  }

  /** What is allowed but probably not meant; each entry is a sentence for the manifest's author. */
  public List<String> warnings() {
    if (allow.isEmpty() || allow.stream().anyMatch(Cidr::isIPv6)) {
      return List.of();
    }
    return List.of(
        "allowCIDRs lists IPv4 networks only: clients that arrive over IPv6 are refused; list their"
            + " IPv6 networks too, if they have any");
  }

  /** Empty when any address is admitted. */
  Optional<Action> action() {
    if (allow.isEmpty() && deny.isEmpty() && ipPolicyIDs.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("enforce", true);
    if (!allow.isEmpty()) {
      config.put("allow", strings(allow));
    } else if (ipPolicyIDs.isEmpty()) {
      // A deny list alone would admit no client.
      config.put("allow", strings(List.of(Cidr.ALL_IPV4, Cidr.ALL_IPV6)));
    }
    if (!deny.isEmpty()) {
      config.put("deny", strings(deny));
    }
    if (!ipPolicyIDs.isEmpty()) {
      config.put("ip_policies", ipPolicyIDs);
    }
    return Optional.of(new Action("restrict-ips", config));
  }

  private static List<String> strings(List<Cidr> networks) {
    return networks.stream().map(Cidr::toString).toList();
  }

  private static List<Cidr> readable(List<String> networks) {
    List<Cidr> readable = new ArrayList<>();
    for (String network : networks) {
      try {
        readable.add(Cidr.parse(network));
      } catch (IllegalArgumentException unreadable) {
        // Another check refuses the manifest for this network.
      }
    }
    return readable;
  }

  private static List<Cidr> read(String field, List<String> networks) {
    List<Cidr> read = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      try {
        read.add(Cidr.parse(networks.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(field + "[" + i + "]: " + e.getMessage(), e);
      }
    }
    return read;
  }
}
