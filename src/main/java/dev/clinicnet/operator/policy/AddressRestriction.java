package dev.clinicnet.operator.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
      // A deny list alone would admit nobody.
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

  private static List<Cidr> read(String field, List<String> networks) {
    try {
      return networks.stream().map(Cidr::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }
}
