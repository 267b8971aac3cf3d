package dev.clinicnet.simulator.traffic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code restrict-ips}: uses the address of the connection, never a header. An address is allowed
 * if a range allows it and none denies it (documented).
 */
final class RestrictIps implements Action {
  private static final int FORBIDDEN = 403;

  @Override
  public Optional<Ending> run(Call call) {
    Config config = call.config();
    List<TrafficAccount.AddressRule> rules = new ArrayList<>();
    config.texts("allow").forEach(cidr -> rules.add(new TrafficAccount.AddressRule(cidr, true)));
    config.texts("deny").forEach(cidr -> rules.add(new TrafficAccount.AddressRule(cidr, false)));
    config.texts("ip_policies").forEach(id -> rules.addAll(policy(call, id)));
    String address = Addresses.text(call.run().connection().client());
    Optional<String> allowing = match(rules, address, true);
    Optional<String> denying = match(rules, address, false);
    boolean allowed = allowing.isPresent() && denying.isEmpty();
    call.found("restrict_ips", findings(allowed, denying.or(() -> allowing)));
    if (allowed || !config.flag("enforce", true)) {
      return Optional.empty();
    }
    String note = denying.map(cidr -> "denied by " + cidr).orElse("in no range that is allowed");
    return call.refuse(HTTPResponse.empty(FORBIDDEN), note);
  }

  /** The variables of the action. Those of an error exist only after an error. */
  private static Map<String, Object> findings(boolean allowed, Optional<String> matched) {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("action", allowed ? "allow" : "deny");
    findings.put("matched_cidr", matched.orElse(""));
    return findings;
  }

  private static List<TrafficAccount.AddressRule> policy(Call call, String id) {
    return call.run()
        .account()
        .ipPolicy(id)
        .orElseThrow(
            () -> new EvaluationFailed("config.ip_policies", "there is no IP policy " + id));
  }

  private static Optional<String> match(
      List<TrafficAccount.AddressRule> rules, String address, boolean allow) {
    return rules.stream()
        .filter(rule -> rule.allow() == allow)
        .map(TrafficAccount.AddressRule::cidr)
        .filter(cidr -> range(cidr).contains(address))
        .findFirst();
  }

  private static AddressRange range(String cidr) {
    return AddressRange.parse(cidr)
        .orElseThrow(() -> new EvaluationFailed("restrict-ips", "a range is not valid"));
  }
}
