package dev.clinicnet.operator.ngrok;

import static dev.clinicnet.operator.ngrok.FakePlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and statuses; what each code says is in the platform's error reference. */
class FailuresTest {
  private static final HttpUrl URL = HttpUrl.get("https://api.ngrok.com/endpoints");
  private static final Outgoing LIST = Outgoing.list("endpoints", URL);
  private static final Outgoing CREATE = Outgoing.create("endpoints", URL, "{}", List.of());
  private static final Outgoing DELETE = Outgoing.delete("endpoints", URL);

  private final ObjectMapper json = WireJson.mapper();
  private final Failures failures = new Failures(json, "service_users");

  @ParameterizedTest
  @ValueSource(ints = {413, 4112, 18009, 23004, 24005})
  void aTakenNameAlreadyExists(int code) {
    assertThat(coded(400, code).failure()).isEqualTo(Failure.ALREADY_EXISTS);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {446, 511, 512, 1420, 18006, 18016, 18017, 23003, 24006, 24009, 425, 442, 515, 6702})
  void whatIsInTheWayForNowIsAConflict(int code) {
    assertThat(coded(400, code).failure()).isEqualTo(Failure.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        401, 412, 415, 418, 419, 431, 433, 460, 461, 501, 502, 508, 602, 603, 608, 613, 615, 617,
        620, 4012, 4023, 4026, 4027, 4119, 5000, 2256, 2263, 2264, 2265, 6032, 6707, 9023, 18008,
        18010, 18019, 18020, 18021
      })
  void plansAndQuotasAreTheAccountsLimit(int code) {
    assertThat(coded(400, code).failure()).isEqualTo(Failure.ACCOUNT_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 203, 206, 207, 208, 204, 205, 247, 4111, 630, 635})
  void aKeyThatDoesNotDoSaysWhatKindOfKeyIsNeeded(int code) {
    NgrokException e = coded(403, code);
    assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
    assertThat(e).hasMessageContaining("admin user");
  }

  @ParameterizedTest
  @ValueSource(ints = {220, 221})
  void otherRefusalsOfTheCallerAreUnauthorizedToo(int code) {
    assertThat(coded(403, code).failure()).isEqualTo(Failure.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        214, 215, 218, 227, 249, 403, 404, 414, 416, 420, 458, 500, 505, 600, 601, 627, 1406, 2200,
        2235, 4109, 18001, 18002, 18004, 18005, 18007, 18011, 99999
      })
  void everythingElseIsInvalid(int code) {
    assertThat(coded(400, code).failure()).isEqualTo(Failure.INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "226,429,61",
    "225,429,5",
    "432,400,300",
    "509,400,300",
    "614,429,300",
    "5001,400,300"
  })
  void limitsOnRatesAreThrottling(int code, int status, int seconds) {
    NgrokException e = coded(status, code);
    assertThat(e.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"226,429,true", "225,429,true", "432,429,false", "509,400,false", "446,400,false"})
  void onlyLimitsOnRequestsStopEveryone(int code, int status, boolean stops) {
    Answer answer = new Answer(status, refusal(status, "ERR_NGROK_" + code, "m"), null);
    assertThat(failures.refused(CREATE, answer, "k-e-y").stopsEveryone()).isEqualTo(stops);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "0,1", "99999,900", "-1,61", "'Wed, 21 Oct 2026 07:28:00 GMT',61", "' 9 ',9"})
  void aRetryAfterHeaderCountsWithinReason(String header, int seconds) {
    Answer answer = new Answer(429, "too many", header);
    NgrokException e = failures.refused(LIST, answer, "k-e-y").exception();
    assertThat(e.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"10000,500", "19000,500", "802,500"})
  void anInternalErrorIsUnavailableForReadsAndUnknownForWrites(int code, int status) {
    assertThat(coded(LIST, status, code).failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(coded(CREATE, status, code).failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(coded(DELETE, status, code).failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"1500,503", "1501,503", "803,500", "503,400", "212,400"})
  void aCodeThatDidNothingIsUnavailableForWritesToo(int code, int status) {
    assertThat(coded(CREATE, status, code).failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void theCodeGoesBeforeTheStatus() {
    assertThat(coded(500, 446).failure()).isEqualTo(Failure.CONFLICT);
    assertThat(coded(409, 413).failure()).isEqualTo(Failure.ALREADY_EXISTS);
    assertThat(coded(404, 18006).failure()).isEqualTo(Failure.CONFLICT);
    assertThat(coded(429, 18010).failure()).isEqualTo(Failure.ACCOUNT_LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    "302,UNAVAILABLE", "400,INVALID", "401,UNAUTHORIZED", "402,ACCOUNT_LIMIT", "403,UNAUTHORIZED",
    "405,INVALID", "408,OUTCOME_UNKNOWN", "409,CONFLICT", "413,INVALID", "422,INVALID",
    "429,THROTTLED", "500,OUTCOME_UNKNOWN", "502,OUTCOME_UNKNOWN", "504,OUTCOME_UNKNOWN"
  })
  void withoutACodeTheStatusDecides(int status, Failure expected) {
    assertThat(plain(CREATE, status, "<html>proxy</html>").failure()).isEqualTo(expected);
    assertThat(plain(CREATE, status, refusal(status, null, "m")).failure()).isEqualTo(expected);
  }

  @Test
  void aMissingScopeIsNamedOnceWithItsRemedy() {
    String said = "Your credentials are missing the `made-up:write` scope.";
    Answer answer = new Answer(403, refusal(403, "ERR_NGROK_29001", said), null);

    NgrokException e = failures.refused(CREATE, answer, "ngrok_pat_planted").exception();

    assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
    assertThat(e)
        .hasMessage(
            "cannot create in endpoints at ngrok: the access token lacks the scope made-up:write:"
                + " add it to the token in the ngrok dashboard, or set another token or API key"
                + " (ERR_NGROK_29001)");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,endpoints,endpoints:read",
    "PATCH,reserved_addrs,tcp-addrs:write",
    "DELETE,bot_users,service-users:write",
    "POST,tunnel_sessions,tunnel-sessions:manage"
  })
  void aMissingScopeThatNgrokDoesNotNameFollowsFromTheRequest(
      String method, String resource, String scope) {
    assertThat(AccessScopes.of(method, resource)).contains(scope);
    Outgoing outgoing = new Outgoing(method, resource, "do", URL, null, false, List.of());
    for (String said : List.of("", "`ngrok_pat_planted`", "a 'Word', 'x y:z'")) {
      Answer answer = new Answer(403, refusal(403, "ERR_NGROK_29001", said), null);
      assertThat(failures.refused(outgoing, answer, "k-e-y").exception())
          .hasMessageContaining("lacks the scope " + scope + ":")
          .hasMessageNotContaining("planted");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERR_NGROK_IAM_ACCESS_TOKEN_OWNER_ROLE_REQUIRED,403,UNAUTHORIZED",
    "ERR_NGROK_IAM_SERVICE_USER_ROLE_NOT_ALLOWED,400,INVALID",
    "ERR_NGROK_AGENT_CREDENTIAL_REFUSED,400,UNAUTHORIZED",
    "ERR_NGROK_AGENT_CREDENTIAL_CHECK_UNAVAILABLE,400,UNAVAILABLE",
    "ERR_NGROK_IAM_SOMETHING_NEW,403,UNAUTHORIZED",
    "ERR_NGROK_IAM_SOMETHING_NEW,400,INVALID"
  })
  void aCodeOfWordsIsJudgedToo(String code, int status, Failure expected) {
    NgrokException e = plain(CREATE, status, refusal(status, code, "m"));
    assertThat(e.failure()).isEqualTo(expected);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining(code);
  }

  @Test
  void theWordsNeverDecide() {
    String msg = "This domain is already reserved for your account. ERR_NGROK_413";
    assertThat(plain(CREATE, 400, refusal(400, null, msg)).failure()).isEqualTo(Failure.INVALID);
  }

  @Test
  void aCodeThatIsNoNumberIsKept() {
    NgrokException e = plain(LIST, 400, refusal(400, "invalid_cel_expression", "m"));
    assertThat(e.failure()).isEqualTo(Failure.INVALID);
    assertThat(e.code()).isEqualTo("invalid_cel_expression");
  }

  @Test
  void onlyTheResourceSaysThatAnObjectIsAbsent() {
    String byResource = refusal(404, null, "Resource not found");
    String byRouter =
        "{\"status_code\":404,\"msg\":\"Not Found\",\"details\":{\"path\":\"/endpoints/x\"}}";
    String both = "{\"status_code\":404,\"details\":{\"path\":\"/x\",\"operation_id\":\"op_1\"}}";
    assertThat(plain(DELETE, 404, byResource).failure()).isEqualTo(Failure.NOT_FOUND);
    assertThat(plain(DELETE, 404, byRouter).failure()).isEqualTo(Failure.INVALID);
    assertThat(plain(DELETE, 404, both).failure()).isEqualTo(Failure.INVALID);
    assertThat(plain(DELETE, 404, "<html>proxy</html>").failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(plain(DELETE, 404, "{}").failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({"service_users,bot_users", "bot_users,service_users"})
  void anUnknownPathOfServiceUsersNamesTheOther(String path, String other) {
    Outgoing list = Outgoing.list(path, URL);
    String body = "{\"status_code\":404,\"msg\":\"Not Found\",\"details\":{\"path\":\"/x\"}}";
    NgrokException e =
        new Failures(json, path).refused(list, new Answer(404, body, null), "k-e-y").exception();
    assertThat(e.failure()).isEqualTo(Failure.INVALID);
    assertThat(e)
        .hasMessageContaining("/" + path)
        .hasMessageContaining(
            "--service-users-path " + other + " (serviceUsersPath in the chart's");
  }

  @Test
  void theMessageSaysWhatIsWrongAndWhatToDo() {
    NgrokException e = coded(400, 446);
    assertThat(e)
        .hasMessage(
            "cannot create in endpoints at ngrok: an endpoint still uses the domain: remove that"
                + " endpoint first. ngrok says: the platform's words (ERR_NGROK_446)");
    assertThat(e.code()).isEqualTo("ERR_NGROK_446");
    assertThat(e.retryAfter()).isNull();
  }

  @Test
  void theMessageIsTheSameForTheSameErrorAndOnOneLine() {
    String first = "{\"msg\":\"bad\\r\\nvalue (op_2ccccccccccccccccccccc)\"}";
    String second = "{\"msg\":\"bad\\nvalue (op_2ddddddddddddddddddddd)\"}";
    assertThat(plain(CREATE, 400, first).getMessage())
        .isEqualTo(plain(CREATE, 400, second).getMessage())
        .endsWith("ngrok says: bad value");
  }

  @Test
  void theIdOfTheRequestIsForTheLogOnly() {
    NgrokException e =
        plain(CREATE, 400, "{\"msg\":\"m\",\"details\":{\"operation_id\":\"op_2fZ4abcdXYZ\"}}");

    assertThat(e.operation()).isEqualTo("op_2fZ4abcdXYZ");
    assertThat(e.getMessage()).doesNotContain("op_2fZ4abcdXYZ");
    assertThat(e.logText()).isEqualTo(e.getMessage() + " (ngrok operation op_2fZ4abcdXYZ)");
  }

  @Test
  void theHeaderHasTheIdWhereTheBodyHasNone() {
    Answer proxied = new Answer(502, "<html>", null, "op_2fZ4abcdXYZ");

    NgrokException e = failures.refused(LIST, proxied, "k-e-y").exception();

    assertThat(e.logText()).endsWith("(ngrok operation op_2fZ4abcdXYZ)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "op_", "2fakefake_secretsecretsecret", "op_2fZ4abcd\nWARN forged"})
  void whatIsNoIdDoesNotComeIntoTheLog(String id) {
    NgrokException e =
        failures.refused(LIST, new Answer(502, "<html>", null, id), "k-e-y").exception();

    assertThat(e.operation()).isNull();
    assertThat(e.logText()).isEqualTo(e.getMessage());
  }

  private NgrokException coded(int status, int code) {
    return coded(CREATE, status, code);
  }

  private NgrokException coded(Outgoing outgoing, int status, int code) {
    return plain(outgoing, status, refusal(status, "ERR_NGROK_" + code, "the platform's words"));
  }

  private NgrokException plain(Outgoing outgoing, int status, String body) {
    return failures.refused(outgoing, new Answer(status, body, null), "k-e-y").exception();
  }
}
