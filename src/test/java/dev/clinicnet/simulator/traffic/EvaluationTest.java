package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "conn.client_ip == '203.0.113.7' | 200",
        "conn.client_port == 40000 | 200",
        "conn.ts.start < timestamp('2027-01-01T00:00:00Z') | 200",
        "conn.ts.start == timestamp(time.now) | 200",
        "req.url == 'https://api.example.com/a/c?q=1&q=2' | 200",
        "req.url.path == '/a/c' | 200",
        "req.url.raw_path == '/a/b/../c' | 200",
        "req.url.query_params['q'] == ['1', '2'] | 200",
        "req.headers['x-tenant'][0] == 'a' | 200",
        "req.host.split('.')[0] == 'api' | 200",
        "req.host.matches('^api[.]') | 200",
        "endpoint.port == 443 && endpoint.host == 'api.example.com' | 200",
        "inCidrRange(conn.client_ip, '203.0.113.0/24') | 200",
        "inCidrRanges(conn.client_ip, ['10.0.0.0/8', 'nonsense']) | 404",
        "secrets.get('v', 'n') == 'planted' | 200",
        "secrets.get('v', 'missing') == 'planted' | 500",
        "req.headers['x-missing'][0] == 'a' | 500",
        "conn.tls.version == '1.3' | 500",
        "vars.missing == 'a' | 500",
        "size(req.headers) | 500",
        "undeclared == 1 | 500",
      })
  void expressionsAreEvaluated(String expression, int status) {
    // Given
    Traffic traffic =
        new Traffic(
            """
            on_http_request:
              - expressions: [ "%s" ]
                actions: [ { type: custom-response } ]
              - actions: [ { type: deny, config: { status_code: 404 } } ]
            """
                .formatted(expression));
    traffic.account.secrets.put("v/n", "planted");
    // When
    int answered = traffic.header("X-Tenant", "a").get("/a/b/../c?q=1&q=2").status();
    // Then
    assertThat(answered).isEqualTo(status);
  }
}
