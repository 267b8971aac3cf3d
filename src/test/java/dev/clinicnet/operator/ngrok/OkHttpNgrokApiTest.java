package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests and answers on the wire. */
class OkHttpNgrokApiTest {
  private final FakePlatform platform = new FakePlatform();
  private final OkHttpNgrokApi api = platform.client();

  @AfterEach
  void close() {
    api.close();
    platform.close();
  }

  @Test
  void createsACredentialAndReadsItsTokenOnce() throws Exception {
    platform.replies(
        201,
        """
        {"id":"cr_1","uri":"https://api.ngrok.com/credentials/cr_1","created_at":"2026-01-02T03:04:05Z",
         "description":"d","metadata":"m","acl":["bind:*.clinic1.internal"],"owner_id":"service_1",
         "token":"1cccccccccccccccccccccccccc_secretsecretsecret","new_member":{"a":1}}
        """);
    Credential created =
        api.create(
            Resource.CREDENTIALS,
            new Credential.Create("d", "m", List.of("bind:*.clinic1.internal"), "service_1"),
            Lane.BULK);

    FakePlatform.Received request = platform.received.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/credentials");
    assertThat(request.header("Authorization")).isEqualTo("Bearer " + FakePlatform.KEY);
    assertThat(request.header("Ngrok-version")).isEqualTo("2");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(request.header("User-agent")).isEqualTo("clinic-operator");
    assertJson(
        request.body(),
        """
        {"description":"d","metadata":"m","acl":["bind:*.clinic1.internal"],"owner_id":"service_1"}
        """);
    assertThat(created.id()).isEqualTo("cr_1");
    assertThat(created.ownerId()).isEqualTo("service_1");
    assertThat(created.token().reveal()).endsWith("_secretsecretsecret");
  }

  @Test
  void createsAnEndpointWithItsPolicyAsText() throws Exception {
    platform.replies(201, "{\"id\":\"ep_1\",\"type\":\"cloud\",\"url\":\"https://a.example.com\"}");
    Endpoint created =
        api.create(
            Resource.ENDPOINTS,
            new Endpoint.Create(
                "cloud", "https://a.example.com", List.of("public"), false, null, "", "{\"a\":[]}"),
            Lane.CHANGE);
    assertJson(
        platform.received.get(0).body(),
        """
        {"type":"cloud","url":"https://a.example.com","bindings":["public"],
         "pooling_enabled":false,"metadata":"","traffic_policy":"{\\"a\\":[]}"}
        """);
    assertThat(created.isCloud()).isTrue();
    assertThat(created.bindings()).isEmpty();
  }

  @Test
  void createsEveryOtherKind() throws Exception {
    platform.replies(201, "{\"id\":\"rd_1\"}");
    api.create(
        Resource.RESERVED_DOMAINS, new ReservedDomain.Create("*.x.com", null, "m"), Lane.BULK);
    platform.replies(201, "{\"id\":\"ra_1\",\"addr\":\"1.tcp.ngrok.io:20000\"}");
    api.create(Resource.RESERVED_ADDRS, new ReservedAddr.Create("d", "m", "us"), Lane.BULK);
    platform.replies(201, "{\"id\":\"bot_1\",\"name\":\"n\",\"active\":true}");
    api.create(Resource.SERVICE_USERS, new ServiceUser.Create("n", true, null), Lane.BULK);

    assertThat(platform.received)
        .extracting(FakePlatform.Received::target)
        .containsExactly("/reserved_domains", "/reserved_addrs", "/service_users");
    assertJson(platform.received.get(0).body(), "{\"domain\":\"*.x.com\",\"metadata\":\"m\"}");
    assertJson(
        platform.received.get(1).body(),
        "{\"description\":\"d\",\"metadata\":\"m\",\"region\":\"us\"}");
    assertJson(platform.received.get(2).body(), "{\"name\":\"n\",\"active\":true}");
  }

  @Test
  void givesAServiceUserTheLeastRole() throws Exception {
    platform.replies(201, "{\"id\":\"bot_1\",\"name\":\"n\",\"active\":true,\"roles\":[\"x\"]}");
    api.create(Resource.SERVICE_USERS, ServiceUser.Create.agentUser("n"), Lane.BULK);
    assertJson(
        platform.received.get(0).body(),
        "{\"name\":\"n\",\"active\":true,\"roles\":[\"developer-readonly\"]}");
  }

  @Test
  void createsAServiceUserWithoutARoleWhereRolesAreRefusedAndRemembersIt() throws Exception {
    platform.refuses(400, 214, "unknown: 'roles'");
    platform.replies(201, "{\"id\":\"bot_1\"}");
    platform.replies(201, "{\"id\":\"bot_2\"}");

    ServiceUser first =
        api.create(Resource.SERVICE_USERS, ServiceUser.Create.agentUser("a"), Lane.BULK);
    api.create(Resource.SERVICE_USERS, ServiceUser.Create.agentUser("b"), Lane.BULK);

    assertThat(first.id()).isEqualTo("bot_1");
    assertThat(platform.received).hasSize(3);
    assertThat(platform.received.get(0).body()).contains("roles");
    assertJson(platform.received.get(1).body(), "{\"name\":\"a\",\"active\":true}");
    assertJson(platform.received.get(2).body(), "{\"name\":\"b\",\"active\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR_NGROK_215",
        "ERR_NGROK_IAM_SERVICE_USER_ROLE_NOT_ALLOWED",
        "ERR_NGROK_IAM_SERVICE_USER_ROLE_CONFLICT"
      })
  void otherRefusalsOfARoleAreToleratedToo(String code) {
    platform.replies(400, FakePlatform.refusal(400, code, "The roles are not valid."));
    platform.replies(201, "{\"id\":\"bot_1\"}");
    ServiceUser made =
        api.create(Resource.SERVICE_USERS, ServiceUser.Create.agentUser("a"), Lane.BULK);
    assertThat(made.id()).isEqualTo("bot_1");
  }

  @ParameterizedTest
  @CsvSource({"4112, taken", "214, unknown: active", "215, The name is not valid."})
  void aRefusalThatIsNotAboutTheRoleIsNotRepeated(int code, String message) {
    platform.refuses(400, code, message);
    assertThatThrownBy(
            () -> api.create(Resource.SERVICE_USERS, ServiceUser.Create.agentUser("a"), Lane.BULK))
        .isInstanceOf(NgrokException.class);
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void changesOnlyWhatIsNotNullAndKeepsExplicitEmpties() throws Exception {
    platform.replies(200, "{\"id\":\"ep_1\"}");
    api.update(
        Resource.ENDPOINTS,
        "ep_1",
        new Endpoint.Update(null, null, null, "", null, "{}"),
        Lane.CHANGE);
    FakePlatform.Received request = platform.received.get(0);
    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.target()).isEqualTo("/endpoints/ep_1");
    assertJson(request.body(), "{\"description\":\"\",\"traffic_policy\":\"{}\"}");
  }

  @Test
  void deletesWithoutABodyOrItsType() {
    platform.replies(204, null);
    api.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    FakePlatform.Received request = platform.received.get(0);
    assertThat(request.method()).isEqualTo("DELETE");
    assertThat(request.target()).isEqualTo("/endpoints/ep_1");
    assertThat(request.body()).isEmpty();
    assertThat(request.header("Content-type")).isNull();
    assertThat(request.header("Content-length")).isNull();
  }

  @Test
  void stopsASessionWithAnEmptyObjectAndTakesAbsenceForSuccess() throws Exception {
    platform.replies(204, null);
    platform.replies(404, FakePlatform.refusal(404, null, "Resource not found"));
    api.stopTunnelSession("ts_1", Lane.CLOSING);
    api.stopTunnelSession("ts_1", Lane.CLOSING);
    FakePlatform.Received request = platform.received.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/tunnel_sessions/ts_1/stop");
    assertJson(request.body(), "{}");
  }

  @Test
  void restartsASession() throws Exception {
    platform.replies(204, null);
    api.restartTunnelSession("ts_1", Lane.CHANGE);
    FakePlatform.Received request = platform.received.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/tunnel_sessions/ts_1/restart");
    assertJson(request.body(), "{}");
  }

  @Test
  void readsADomainWhoseMembersAreExplicitlyNull() {
    platform.replies(
        200,
        """
        {"reserved_domains":[{"id":"rd_1","domain":"*.x.com","region":"","cname_target":"a.b.ngrok-cname.com",
          "acme_challenge_cname_target":"c.ngrok-cname.com","certificate":null,
          "certificate_management_policy":{"authority":"letsencrypt","private_key_type":"ecdsa"},
          "certificate_management_status":{"renews_at":null,"provisioning_job":{"error_code":null,
            "msg":"in progress","started_at":"2026-01-02T03:04:05Z","retries_at":null}}}],
         "uri":"https://api.ngrok.com/reserved_domains","next_page_uri":null}
        """);
    ReservedDomain domain = api.list(Resource.RESERVED_DOMAINS, Lane.SWEEP).get(0);
    assertThat(domain.cnameTarget()).isEqualTo("a.b.ngrok-cname.com");
    assertThat(domain.acmeChallengeCnameTarget()).isEqualTo("c.ngrok-cname.com");
    assertThat(domain.certificate()).isNull();
    assertThat(domain.certificateManagementPolicy().privateKeyType()).isEqualTo("ecdsa");
    assertThat(domain.certificateManagementStatus().provisioningJob().msg())
        .isEqualTo("in progress");
  }

  @Test
  void readsWhatTheAccountItselfIsLike() {
    platform.replies(
        200,
        """
        {"account":{"id":"ac_1","name":"n","suspended":true,"traffic_full_capture":false},
          "api_key":{"id":"ak_1"}}
        """);
    platform.replies(200, "{\"account\":{\"id\":\"ac_2\"}}");
    platform.replies(200, "{}");
    platform.replies(
        404, "{\"status_code\":404,\"msg\":\"Not Found\",\"details\":{\"path\":\"/self\"}}");
    platform.replies(
        403, "{\"error_code\":\"ERR_NGROK_29001\",\"status_code\":403,\"msg\":\"a scope\"}");

    assertThat(api.self(Lane.SWEEP)).contains(new AccountSelf("ac_1", true, false));
    assertThat(api.self(Lane.SWEEP)).contains(new AccountSelf("ac_2", null, null));
    assertThat(api.self(Lane.SWEEP)).isEmpty();
    assertThat(api.self(Lane.SWEEP)).isEmpty();
    assertThatThrownBy(() -> api.self(Lane.SWEEP))
        .isInstanceOf(NgrokException.class)
        .extracting("failure")
        .isEqualTo(Failure.UNAUTHORIZED);
  }

  @Test
  void readsAnAgentsEndpointAndItsSession() {
    platform.replies(
        200,
        """
        {"endpoints":[{"id":"ep_2","type":"ephemeral","name":"api","url":"https://api.c.internal",
          "bindings":["internal"],"pooling_enabled":true,"principal":{"id":"service_1","uri":""},
          "tunnel_session":{"id":"ts_1","uri":"u"}}],"next_page_uri":null}
        """);
    platform.replies(
        200,
        """
        {"tunnel_sessions":[{"id":"ts_1","agent_version":"3.30.0","credential":{"id":"cr_1","uri":"u"},
          "ip":"192.0.2.1","os":"linux","region":"us","started_at":"2026-01-02T03:04:05Z",
          "transport":"ngrok/v2","metadata":"h"}],"next_page_uri":null}
        """);
    platform.replies(
        200, "{\"ingresses\":[{\"id\":\"agin_1\",\"domain\":\"connect.x.com\"}],\"uri\":\"u\"}");
    platform.replies(200, "{\"credentials\":[{\"id\":\"cr_1\",\"acl\":[],\"token\":null}]}");

    Endpoint endpoint = api.list(Resource.ENDPOINTS, Lane.SWEEP).get(0);
    TunnelSession session = api.list(Resource.TUNNEL_SESSIONS, Lane.SWEEP).get(0);
    AgentIngress ingress = api.list(Resource.AGENT_INGRESSES, Lane.SWEEP).get(0);
    Credential credential = api.list(Resource.CREDENTIALS, Lane.SWEEP).get(0);

    assertThat(endpoint.isCloud()).isFalse();
    assertThat(endpoint.principal()).isEqualTo(new Ref("service_1", ""));
    assertThat(endpoint.tunnelSession().id()).isEqualTo("ts_1");
    assertThat(session.credential().id()).isEqualTo("cr_1");
    assertThat(session.metadata()).isEqualTo("h");
    assertThat(ingress.domain()).isEqualTo("connect.x.com");
    assertThat(credential.token()).isNull();
  }

  @Test
  void usesTheOlderNameOfServiceUsersWhenTold() {
    try (OkHttpNgrokApi bots =
        FakePlatform.client(
            platform.options().withServiceUsersPath("bot_users"), FakePlatform.freshBudget())) {
      platform.replies(200, "{\"bot_users\":[{\"id\":\"bot_1\",\"name\":\"n\",\"active\":true}]}");
      platform.replies(204, null);
      assertThat(bots.list(Resource.SERVICE_USERS, Lane.SWEEP)).hasSize(1);
      bots.delete(Resource.SERVICE_USERS, "bot_1", Lane.CLOSING);
    }
    assertThat(platform.received)
        .extracting(FakePlatform.Received::target)
        .containsExactly("/bot_users?limit=100", "/bot_users/bot_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", ".", "a/b", "..\\x"})
  void refusesAnIdThatWouldAddressSomethingElse(String id) {
    assertThatThrownBy(() -> api.delete(Resource.CREDENTIALS, id, Lane.CLOSING))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(platform.received).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.ngrok.com", "https://user@api.ngrok.com", "ftp://localhost"})
  void refusesABaseUrlThatWouldGiveTheKeyAway(String url) {
    assertThatThrownBy(() -> NgrokClientOptions.of(URI.create(url), () -> "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base URL");
  }

  private static void assertJson(String actual, String expected) throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(actual)).isEqualTo(json.readTree(expected));
  }
}
