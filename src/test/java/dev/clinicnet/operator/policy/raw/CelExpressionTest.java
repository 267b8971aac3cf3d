package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {

  /** From ngrok's documentation and gallery. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "req.headers[\"authorization\"][0] == \"Bearer my-token\"",
        "!(conn.client_ip in ['2001:4860:7:f0e::f4', '98.35.32.113'])",
        "req.url.contains('/robots.txt')",
        "size(req.headers['user-agent'].filter(x, x.matches('(?i).*Edg/\\\\d+.*'))) > 0",
        "'ab_test' in req.cookies && req.cookies['ab_test'][0].value == 'A'",
        "getReqCookie('session').secure && hasQueryParam('q')",
        "json.decode(getReqHeader('x-json-array')[0])[0] == \"first entry\"",
        "basic_auth.encode('username', 'password1') == 'Basic dXNlcm5hbWU6cGFzc3dvcmQx'",
        "conn.tls.client.subject.common_name == 'service-a'",
        "conn.tls.client.extensions[0].critical",
        "!actions.ngrok.oauth.identity.email.endsWith('@acme.com')",
        "actions.ngrok.http_request.res.body.decodeJson().a.b == 1",
        "has(vars.a.b) && vars.a.all(k, k != '')",
        "timestamp(time.now) < timestamp('2026-01-01T00:00:00Z') + duration('1h')",
        "timestamp(time.now).getDayOfWeek('Europe/Berlin') in [0, 6]",
        "inCidrRanges(conn.client_ip, ['203.0.113.0/24'])",
        "queryString.decode('a=b')['a'][0] == url.parse('https://a').host",
        "type(req.host) == string && {'a': lists.range(3)}.a.distinct().size() == 3"
      })
  void knowsWhatIsDocumented(String expression) {
    assertThat(unknown(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          req.host == 'a' && → column 19: the expression ends too early: something after it is missing
          req.host = 'a' → column 10: unexpected '= '; write == to compare
          not hasReqHeader('x') → column 5: unexpected 'hasReqHeader'
          req.host == 'a' or true → column 17: unexpected 'or'; write ||
          ${req.host} → column 1: unexpected '$'; the whole is CEL already: write it without ${ }
          """)
  void namesColumnAndReason(String expression, String message) {
    assertThat(CelExpression.parse(expression).fault()).hasToString(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          req.url.pth == '/a'                 | column 8: unknown variable req.url.pth; did you mean req.url.path?
          reqq.host == 'a'                    | column 5: unknown variable reqq; did you mean req?
          req.host.foo == 'a'                 | column 9: unknown variable req.host.foo
          inCidrRang(conn.client_ip, 'a')     | column 11: unknown function inCidrRang; did you mean inCidrRange?
          [1].exists(x, y > 0)                | column 15: unknown variable y
          json.parse('{}') == 1               | column 11: unknown function json.parse
          """)
  void warnsOfUnknownNames(String expression, String warning) {
    assertThat(unknown(expression)).containsExactly(warning);
  }

  @Test
  void knowsWhereANameHasAValue() {
    assertThat(unknown("res.status_code > 1 && req.host != ''", Phase.ON_HTTP_RESPONSE)).isEmpty();
    assertThat(unknown("hasReqHeader('a')", Phase.ON_TCP_CONNECT))
        .containsExactly("column 13: hasReqHeader is not available in on_tcp_connect");
  }

  /** Deeply nested text must not exhaust the stack. */
  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThat(CelExpression.parse("(".repeat(20_000) + "1" + ")".repeat(20_000)).fault())
        .isNotNull();
    assertThat(CelExpression.parse("1" + "+1".repeat(49_000)).fault()).isNotNull();
  }

  /** The names that mean nothing in any of these phases. */
  private static List<String> unknown(String expression, Phase... phases) {
    Set<Phase> all = Set.of(phases.length == 0 ? Phase.values() : phases);
    return new CelNames(all, Set.of())
        .unknown(CelExpression.parse(expression)).stream().map(CelProblem::toString).toList();
  }
}
