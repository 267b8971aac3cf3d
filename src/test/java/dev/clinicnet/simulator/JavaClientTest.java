package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.linecorp.armeria.client.WebClient;
import com.ngrok.DefaultNgrokApiClient;
import com.ngrok.Ngrok;
import com.ngrok.definitions.AgentIngress;
import com.ngrok.definitions.ApiKey;
import com.ngrok.definitions.CertificateAuthority;
import com.ngrok.definitions.Credential;
import com.ngrok.definitions.Endpoint;
import com.ngrok.definitions.IpPolicy;
import com.ngrok.definitions.IpPolicyRule;
import com.ngrok.definitions.IpRestriction;
import com.ngrok.definitions.NgrokApiError;
import com.ngrok.definitions.Page;
import com.ngrok.definitions.ReservedAddr;
import com.ngrok.definitions.ReservedAddrList;
import com.ngrok.definitions.ReservedDomain;
import com.ngrok.definitions.TlsCertificate;
import com.ngrok.definitions.TunnelSession;
import dev.clinicnet.simulator.TestAuthority.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks the simulator with ngrok's own client for Java, unchanged. It knows neither service users
 * nor vaults, and only looks at endpoints. {@code dev/clients/check} does the same with the clients
 * for other languages.
 */
class JavaClientTest extends SimulatorTest {
  private static final WebClient HTTP = DefaultNgrokApiClient.newDefaultHttpClient();
  private Ngrok ngrok;

  /** Only one key is good at first, so a deleted one is refused. */
  @Override
  SimulatorOptions options() {
    return super.options().withApiKey(SimulatorClient.KEY);
  }

  @BeforeEach
  void makeClient() {
    ngrok = withKey(SimulatorClient.KEY);
  }

  private Ngrok withKey(String key) {
    return new Ngrok(
        DefaultNgrokApiClient.newBuilder(key).baseUri(simulator.url()).httpClient(HTTP).build());
  }

  private static void refused(String code, ThrowingCallable call) {
    NgrokApiError error = error(call);
    assertThat(error.getErrorCode()).contains("ERR_NGROK_" + code);
    assertThat(error.getHttpStatusCode()).isBetween(400, 499);
    assertThat(error.getDetails().get("operation_id")).startsWith("op_");
  }

  private static void missing(ThrowingCallable call) {
    assertThat(error(call).getHttpStatusCode()).isEqualTo(404);
  }

  private static NgrokApiError error(ThrowingCallable call) {
    return assertThatExceptionOfType(NgrokApiError.class).isThrownBy(call).actual();
  }

  @Test
  void reservesDomainsAndSeesTheirEndpoints() throws InterruptedException {
    ReservedDomain domain =
        ngrok.reservedDomains().create().domain("*.java.example.com").blockingCall();
    ReservedDomain changed =
        ngrok.reservedDomains().update(domain.getId()).metadata("m").blockingCall();
    assertThat(changed.getMetadata()).contains("m");
    refused(
        "413", () -> ngrok.reservedDomains().create().domain("*.java.example.com").blockingCall());
    clock.advance(DOMAIN_DELAY);

    String url = "https://a.java.example.com";
    Object[] cloud = {
      "url", url, "type", "cloud", "traffic_policy", DENY, "bindings", List.of("public")
    };
    String made = created("/endpoints", cloud).id();
    Endpoint endpoint = ngrok.endpoints().get(made).blockingCall();
    assertThat(endpoint.getPublicUrl()).hasToString(url);
    assertThat(endpoint.getDomain().orElseThrow().getId()).isEqualTo(domain.getId());
    assertThat(ngrok.endpoints().list().blockingCall().getPage().getEndpoints())
        .extracting(Endpoint::getId)
        .containsExactly(made);
    refused("446", () -> ngrok.reservedDomains().delete(domain.getId()).blockingCall());
    client.delete("/endpoints/" + made);
    ngrok.reservedDomains().delete(domain.getId()).blockingCall();
    missing(() -> ngrok.reservedDomains().get(domain.getId()).blockingCall());
  }

  @Test
  void seesTheCertificateOfADomain() throws InterruptedException {
    String id = ngrok.reservedDomains().create().domain("java.example.com").blockingCall().getId();
    ReservedDomain waiting = ngrok.reservedDomains().get(id).blockingCall();
    assertThat(waiting.getCertificate()).isEmpty();
    assertThat(waiting.getCertificateManagementStatus().orElseThrow().getProvisioningJob())
        .hasValueSatisfying(
            job -> assertThat(job.getStartedAt()).isEqualTo(clock.instant().toString()));
    clock.advance(CERTIFICATE_DELAY);
    ReservedDomain ready = ngrok.reservedDomains().get(id).blockingCall();
    String certificate = ready.getCertificate().orElseThrow().getId();
    assertThat(ready.getCertificateManagementStatus().orElseThrow().getRenewsAt()).isPresent();
    assertThat(ngrok.tlsCertificates().list().blockingCall().getPage().getTlsCertificates())
        .extracting(TlsCertificate::getId)
        .containsExactly(certificate);
  }

  @Test
  void makesCredentialsAndKeysOfAServiceUser() throws InterruptedException {
    String user = created("/service_users", "name", "java").id();
    List<String> acl = List.of("bind:*.java.internal", "bind:tcp://db.java.internal:22");
    Credential credential = ngrok.credentials().create().ownerId(user).acl(acl).blockingCall();
    assertThat(credential.getToken()).isPresent();
    Credential later = ngrok.credentials().get(credential.getId()).blockingCall();
    assertThat(later.getToken()).isEmpty();
    assertThat(later.getAcl()).isEqualTo(acl);
    assertThat(later.getOwnerId()).contains(user);

    ApiKey key = ngrok.apiKeys().create().ownerId(user).description("java").blockingCall();
    Ngrok own = withKey(key.getToken().orElseThrow());
    assertThat(own.apiKeys().get(key.getId()).blockingCall().getDescription()).contains("java");
    ApiKey changed = ngrok.apiKeys().update(key.getId()).metadata("m").blockingCall();
    assertThat(changed.getMetadata()).contains("m");
    ngrok.apiKeys().delete(key.getId()).blockingCall();
    missing(() -> ngrok.apiKeys().get(key.getId()).blockingCall());
    refused("203", () -> own.apiKeys().list().blockingCall());
    ngrok.credentials().delete(credential.getId()).blockingCall();
    missing(() -> ngrok.credentials().get(credential.getId()).blockingCall());
  }

  @Test
  void followsPages() throws InterruptedException {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(0, ngrok.reservedAddrs().create().metadata("m").blockingCall().getId());
    }
    List<List<String>> pages = new ArrayList<>();
    Optional<Page<ReservedAddrList>> page =
        Optional.of(ngrok.reservedAddrs().list().limit("2").blockingCall());
    while (page.isPresent()) {
      List<ReservedAddr> addresses = page.get().getPage().getReservedAddrs();
      pages.add(addresses.stream().map(ReservedAddr::getId).toList());
      page = page.get().next().toCompletableFuture().join();
    }
    assertThat(pages).containsExactly(made.subList(0, 2), made.subList(2, 3));
    for (String id : made) {
      ngrok.reservedAddrs().delete(id).blockingCall();
    }
    assertThat(ngrok.reservedAddrs().list().blockingCall().getPage().getReservedAddrs()).isEmpty();
  }

  @Test
  void restrictsByPoliciesWithTheirRules() throws InterruptedException {
    IpPolicy policy = ngrok.ipPolicies().create().description("java").blockingCall();
    String id = policy.getId();
    refused("1409", () -> ngrok.ipPolicyRules().create("10.0.0.1/8", id, "allow").blockingCall());
    refused("1413", () -> ngrok.ipPolicyRules().create("10.0.0.1", id, "allow").blockingCall());
    refused("1422", () -> ngrok.ipPolicyRules().create("10.0.0.0/8", id, "perhaps").blockingCall());
    IpPolicyRule rule = ngrok.ipPolicyRules().create("10.0.0.0/8", id, "allow").blockingCall();
    assertThat(rule.getIpPolicy().getId()).isEqualTo(id);
    IpRestriction restriction =
        ngrok.ipRestrictions().create("agent", List.of(id)).enforced(true).blockingCall();
    refused("1420", () -> ngrok.ipPolicies().delete(id).blockingCall());
    IpRestriction off =
        ngrok.ipRestrictions().update(restriction.getId()).enforced(false).blockingCall();
    assertThat(off.getEnforced()).isFalse();
    ngrok.ipRestrictions().delete(restriction.getId()).blockingCall();
    ngrok.ipPolicies().delete(id).blockingCall();
    missing(() -> ngrok.ipPolicyRules().get(rule.getId()).blockingCall());
  }

  @Test
  void uploadsCertificatesAndAuthorities() throws InterruptedException {
    TestAuthority signer = new TestAuthority("Java CA");
    CertificateAuthority authority =
        ngrok.certificateAuthorities().create(signer.pem()).blockingCall();
    assertThat(authority.getSubjectCommonName()).isEqualTo("Java CA");
    assertThat(authority.getNotAfter()).isAfter(authority.getNotBefore());
    CertificateAuthority described =
        ngrok.certificateAuthorities().update(authority.getId()).description("d").blockingCall();
    assertThat(described.getDescription()).contains("d");
    ngrok.certificateAuthorities().delete(authority.getId()).blockingCall();
    missing(() -> ngrok.certificateAuthorities().get(authority.getId()).blockingCall());
    refused("1920", () -> ngrok.certificateAuthorities().create("none").blockingCall());

    Identity identity = signer.issue("java.example.org");
    TlsCertificate uploaded =
        ngrok.tlsCertificates().create(identity.certificatePEM(), identity.keyPEM()).blockingCall();
    assertThat(uploaded.getSubjectAlternativeNames().getDnsNames())
        .containsExactly("java.example.org");
    assertThat(uploaded.getIssuerCommonName()).isEqualTo("Java CA");
    TlsCertificate changed =
        ngrok.tlsCertificates().update(uploaded.getId()).description("d").blockingCall();
    assertThat(changed.getDescription()).contains("d");
    ngrok.tlsCertificates().delete(uploaded.getId()).blockingCall();
    missing(() -> ngrok.tlsCertificates().get(uploaded.getId()).blockingCall());
  }

  @Test
  void makesAgentIngresses() throws InterruptedException {
    AgentIngress ingress = ngrok.agentIngresses().create("connect.java.example.org").blockingCall();
    refused("6706", () -> ngrok.agentIngresses().create("connect.java.example.org").blockingCall());
    AgentIngress changed =
        ngrok.agentIngresses().update(ingress.getId()).metadata("m").blockingCall();
    assertThat(changed.getMetadata()).contains("m");
    ngrok.agentIngresses().delete(ingress.getId()).blockingCall();
    assertThat(ngrok.agentIngresses().list().blockingCall().getPage().getIngresses()).isEmpty();
  }

  @Test
  void restartsAndStopsSessions() throws InterruptedException {
    Credential credential =
        ngrok.credentials().create().acl(List.of("bind:*.java.internal")).blockingCall();
    String token = credential.getToken().orElseThrow();
    String url = "https://a.java.internal";
    assertThat(connect(token, url).status()).isEqualTo(201);
    assertThat(ngrok.endpoints().list().blockingCall().getPage().getEndpoints())
        .extracting(endpoint -> endpoint.getPublicUrl().toString())
        .containsExactly(url);
    TunnelSession first = onlySession();
    assertThat(first.getCredential().getId()).isEqualTo(credential.getId());
    ngrok.tunnelSessions().restart(first.getId()).blockingCall();
    TunnelSession second = onlySession();
    assertThat(second.getId()).isNotEqualTo(first.getId());
    ngrok.tunnelSessions().update(second.getId()).blockingCall();
    TunnelSession third = onlySession();
    assertThat(third.getId()).isNotEqualTo(second.getId());
    ngrok.tunnelSessions().stop(third.getId()).blockingCall();
    assertThat(sessions()).isEmpty();
    missing(() -> ngrok.tunnelSessions().stop(third.getId()).blockingCall());
  }

  private List<TunnelSession> sessions() throws InterruptedException {
    return ngrok.tunnelSessions().list().blockingCall().getPage().getTunnelSessions();
  }

  private TunnelSession onlySession() throws InterruptedException {
    assertThat(sessions()).hasSize(1);
    return sessions().get(0);
  }

  @Test
  void findsNothingOfWhatIsNotModelled() throws InterruptedException {
    assertThat(ngrok.tunnels().list().blockingCall().getPage().getTunnels()).isEmpty();
    assertThat(ngrok.applicationUsers().list().blockingCall().getPage().getApplicationUsers())
        .isEmpty();
    assertThat(ngrok.applicationSessions().list().blockingCall().getPage().getApplicationSessions())
        .isEmpty();
    assertThat(ngrok.eventDestinations().list().blockingCall().getPage().getEventDestinations())
        .isEmpty();
    assertThat(ngrok.eventSubscriptions().list().blockingCall().getPage().getEventSubscriptions())
        .isEmpty();
    assertThat(ngrok.sshCredentials().list().blockingCall().getPage().getSshCredentials())
        .isEmpty();
    assertThat(ngrok.edges().https().list().blockingCall().getPage().getHttpsEdges()).isEmpty();
    assertThat(ngrok.backends().failover().list().blockingCall().getPage().getBackends()).isEmpty();
  }
}
