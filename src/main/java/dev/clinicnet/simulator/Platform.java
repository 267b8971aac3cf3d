package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** All resources of one simulated account. */
final class Platform {
  /** Plan limits that can be set, with the code that each answers. */
  static final Map<String, SimulatorError> LIMITS =
      Map.of(
          "reserved_domains", SimulatorError.DOMAIN_LIMIT,
          "reserved_addrs", SimulatorError.ADDRESS_LIMIT,
          "endpoints", SimulatorError.ENDPOINT_LIMIT,
          "service_users", SimulatorError.USER_LIMIT,
          "credentials", SimulatorError.CREDENTIAL_LIMIT,
          "agent_ingresses", SimulatorError.INGRESS_LIMIT,
          "ip_policies", SimulatorError.IP_POLICY_LIMIT,
          "ip_policy_rules", SimulatorError.IP_RULE_LIMIT,
          "vaults", SimulatorError.VAULT_LIMIT,
          "vault_secrets", SimulatorError.SECRET_LIMIT);

  private final Account account;
  private final List<Users> users;
  private final List<Resource> resources = new ArrayList<>();
  private final ReservedDomains domains;
  private final Credentials credentials;
  private final AgentFleet agents;
  private final AgentAPIs agentAPIs;
  private final VaultSecrets secrets;
  private final IpPolicyRules ipPolicyRules;
  private final CertificateAuthorities authorities;
  private final Endpoints endpoints;
  private final ApiKeys apiKeys;
  private final AccessTokens accessTokens;
  private final KeySets keySets = new KeySets();
  private final Logins logins = new Logins();

  Platform(Account account, Faults faults, RequestLog log, Executor threads) {
    this.account = account;
    agentAPIs = new AgentAPIs(this, faults, log, threads);
    CertificateIssuer issuer = new CertificateIssuer();
    TlsCertificates certificates = new TlsCertificates(account);
    domains = add(new ReservedDomains(account, certificates, issuer));
    ReservedAddrs addresses = add(new ReservedAddrs(account));
    users = Users.both(account);
    users.forEach(this::add);
    accessTokens = add(new AccessTokens(account));
    credentials = add(new Credentials(account, id -> user(users, id), accessTokens));
    users.forEach(kind -> kind.ownerGone(credentials::ownerGone));
    IpPolicies ipPolicies = add(new IpPolicies(account));
    IpRestrictions restrictions = add(new IpRestrictions(account, ipPolicies));
    ipPolicyRules = add(new IpPolicyRules(account, ipPolicies, restrictions));
    Vaults vaults = add(new Vaults(account));
    secrets = add(new VaultSecrets(account, vaults));
    authorities = add(new CertificateAuthorities(account));
    add(certificates);
    PolicyCheck policies = new TrafficPolicyCheck(ipPolicies::exists);
    endpoints = add(new Endpoints(account, domains, addresses, policies));
    add(new KubernetesOperators(account, issuer, endpoints));
    TunnelSessions sessions = add(new TunnelSessions(account));
    add(new AgentIngresses(account));
    apiKeys = add(new ApiKeys(account, id -> user(users, id)));
    CrashedEndpoints crashed = new CrashedEndpoints(account.clock());
    AgentBinding binding =
        new AgentBinding(account, domains, addresses, endpoints, policies, crashed);
    agents = new AgentFleet(account, credentials, sessions, endpoints, binding, crashed, agentAPIs);
    sessions.operatedBy(agents::stopSession, agents::restartSession, agents::updateSession);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    resources.forEach(resource -> routes.addAll(resource.routes()));
    routes.addAll(new Tunnels(endpoints).routes());
    routes.addAll(EmptyKinds.routes());
    routes.add(SelfPage.route(account));
    return routes;
  }

  ReservedDomains domains() {
    return domains;
  }

  AgentFleet agents() {
    return agents;
  }

  AgentAPIs agentAPIs() {
    return agentAPIs;
  }

  VaultSecrets secrets() {
    return secrets;
  }

  IpPolicyRules ipPolicyRules() {
    return ipPolicyRules;
  }

  CertificateAuthorities authorities() {
    return authorities;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  KeySets keySets() {
    return keySets;
  }

  Logins logins() {
    return logins;
  }

  boolean isAuthtoken(String text) {
    return credentials.isAuthtoken(text);
  }

  synchronized boolean isKey(String text) {
    return apiKeys.isKey(text) || accessTokens.isToken(text);
  }

  /** Refuses a request that the scopes of an access token do not allow. */
  synchronized void requireScope(String key, String method, String path) {
    accessTokens.require(key, method, path);
  }

  /** Who calls with a key: the owner of one that was created here, else the account's own user. */
  synchronized Caller caller(String key) {
    Row token = accessTokens.token(key);
    if (token != null) {
      String owner = token.text("owner_id");
      return new Caller(owner, mayOnlyRead(owner), null, AccessTokens.scopes(token));
    }
    Row apiKey = apiKeys.key(key);
    String owner = apiKey == null ? account.ownerId() : apiKeys.ownerOf(apiKey);
    return new Caller(owner, mayOnlyRead(owner), apiKey == null ? null : apiKey.id(), null);
  }

  private boolean mayOnlyRead(String owner) {
    Row user = user(users, owner);
    return user != null && Users.mayOnlyRead(user);
  }

  /** Creates an access token, as the API does. */
  ObjectNode createToken(ObjectNode body, String base) {
    return accessTokens.create(accessTokens.createFields().read(body), base);
  }

  /** Applies the changes that time alone brings. */
  void advance() {
    resources.forEach(Resource::advance);
  }

  void reset() {
    account.reset();
    agents.reset();
    keySets.reset();
    logins.reset();
    resources.forEach(Resource::reset);
  }

  /** All objects by resource. */
  ObjectNode state(String base) {
    ObjectNode state = Json.object();
    resources.forEach(resource -> state.set(resource.path(), resource.showAll(base)));
    return state;
  }

  /** The objects of one resource, by its path. */
  ArrayNode all(String path, String base) {
    return resources.stream()
        .filter(resource -> resource.path().equals(path))
        .findFirst()
        .orElseThrow()
        .showAll(base);
  }

  /** Replaces the state by these objects and no agents. */
  void restore(ObjectNode state) {
    SavedState saved = SavedState.read(state, resources);
    reset();
    try {
      saved.restore();
    } catch (ApiException | IllegalArgumentException | DateTimeException e) {
      reset();
      throw new IllegalArgumentException(
          "the state cannot be read, and the account is empty now: " + e.getMessage(), e);
    }
  }

  private <T extends Resource> T add(T resource) {
    resources.add(resource);
    return resource;
  }

  private static Row user(List<Users> users, String id) {
    return users.stream()
        .map(kind -> kind.table.find(id))
        .filter(row -> row != null)
        .findFirst()
        .orElse(null);
  }
}
