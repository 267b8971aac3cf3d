package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.AccountRef;
import dev.clinicnet.operator.api.v1alpha1.AgentAPI;
import dev.clinicnet.operator.api.v1alpha1.Authtoken;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicAgent;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.api.v1alpha1.SiteKit;
import java.util.ArrayList;
import java.util.List;

/** A Clinic for a test. */
public final class ClinicBuilder extends ObjectBuilder<ClinicBuilder> {
  private final List<ClinicDomain> domains = new ArrayList<>();
  private String account;
  private String internalDomain;
  private String secretName;
  private AgentAPI agentAPI;
  private String connectURL;
  private String proxyURL;
  private KeyRef proxyPassword;
  private String connectCAs;
  private List<String> dnsResolverIPs = List.of();
  private String heartbeatInterval;
  private String rotationInterval;
  private String overlap = "24h";
  private RevokeOld revokeOld = RevokeOld.WhenUnused;
  private DeletionPolicy deletionPolicy;
  private DriftPolicy driftPolicy;
  private boolean suspend;
  private boolean redundant;
  private ClinicStatus status;

  private ClinicBuilder(String name) {
    super(name, "2026-01-01T00:00:00Z");
  }

  @Override
  protected ClinicBuilder self() {
    return this;
  }

  public static ClinicBuilder clinic(String name) {
    return new ClinicBuilder(name);
  }

  public ClinicBuilder internalDomain(String domain) {
    internalDomain = domain;
    return this;
  }

  public ClinicBuilder exclusive(String domain) {
    domains.add(new ClinicDomain(domain, false));
    return this;
  }

  public ClinicBuilder shared(String domain) {
    domains.add(new ClinicDomain(domain, true));
    return this;
  }

  public ClinicBuilder secretName(String name) {
    secretName = name;
    return this;
  }

  public ClinicBuilder agentAPI(String host, String... allowCIDRs) {
    agentAPI = new AgentAPI(host, List.of(allowCIDRs));
    return this;
  }

  public ClinicBuilder connectURL(String url) {
    connectURL = url;
    return this;
  }

  public ClinicBuilder proxy(String url) {
    proxyURL = url;
    return this;
  }

  public ClinicBuilder proxyPassword(String secret, String key) {
    proxyPassword = new KeyRef(secret, key);
    return this;
  }

  public ClinicBuilder network(String authorities, String heartbeat, String... dnsServers) {
    connectCAs = authorities;
    heartbeatInterval = heartbeat;
    dnsResolverIPs = List.of(dnsServers);
    return this;
  }

  public ClinicBuilder redundant() {
    redundant = true;
    return this;
  }

  public ClinicBuilder rotating(String interval) {
    rotationInterval = interval;
    return this;
  }

  public ClinicBuilder overlap(String duration) {
    overlap = duration;
    return this;
  }

  public ClinicBuilder revokeOld(RevokeOld when) {
    revokeOld = when;
    return this;
  }

  public ClinicBuilder deletionPolicy(DeletionPolicy policy) {
    deletionPolicy = policy;
    return this;
  }

  public ClinicBuilder account(String name) {
    account = name;
    return this;
  }

  public ClinicBuilder driftPolicy(DriftPolicy policy) {
    driftPolicy = policy;
    return this;
  }

  public ClinicBuilder suspended() {
    suspend = true;
    return this;
  }

  public ClinicBuilder status(ClinicStatus last) {
    status = last;
    return this;
  }

  public Clinic build() {
    Clinic clinic = new Clinic();
    clinic.setMetadata(metadata());
    clinic.setSpec(
        new ClinicSpec(
            account == null ? null : new AccountRef(account),
            null,
            internalDomain,
            domains,
            new ClinicAgent(
                connectURL,
                redundant,
                secretName == null ? null : new SiteKit(secretName),
                new Authtoken(rotationInterval, overlap, revokeOld),
                agentAPI,
                proxyURL,
                proxyPassword,
                connectCAs,
                dnsResolverIPs,
                heartbeatInterval),
            deletionPolicy,
            driftPolicy,
            suspend));
    clinic.setStatus(status);
    return clinic;
  }
}
