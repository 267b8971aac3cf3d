package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacrosTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hasReqHeader('X-Tenant') && !hasReqHeader('X-Other')",
        "getReqHeader('X-Tenant') == ['a']",
        "size(getReqHeader('X-Other')) == 0",
        "hasReqCookie('s') && getReqCookie('s').value == '1'",
        "req.cookies['s'][0].value == '1'",
        "hasQueryParam('q') && getQueryParam('q') == ['1', '2'] && getQueryParam('z') == []",
        "has(req.url.path) && has(req.headers) && !has(req.content_length) && !has(conn.tls.version)",
        "basic_auth.encode('username', 'password1') == 'Basic dXNlcm5hbWU6cGFzc3dvcmQx'",
        "base64.encode(b'hello') == 'aGVsbG8=' && base64.decode('aGVsbG8=') == b'hello'",
        "'some:thing'.encodeBase64() == 'c29tZTp0aGluZw=='",
        "'c29tZTp0aGluZw=='.decodeBase64() == 'some:thing'",
        "hash.crc32('hello') == '3610a686' && hash.crc32('hello', 'base64') == 'NhCmhg=='",
        "hash.md5('hello') == '5d41402abc4b2a76b9719d911017c592'",
        "'hello'.sha1() == 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'",
        "'hello'.sha256('base64') == 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='",
        "url.escape('i;md/r/$y') == 'i%3Bmd%2Fr%2F%24y' && 'a%2Fb'.unescapeUrl() == 'a/b'",
        "json.decode('{`a`:[1]}').a[0] == 1",
        "'[]'.isJson() && !'not json'.isJson()",
        "'192.168.1.1'.isPrivateIp() && !'8.8.8.8'.isPrivateIp()",
        "'AbC'.lower() == 'abc' && 'AbC'.upper() == 'ABC'",
        "[1, [2, 3], [4]].flatten() == [1, 2, 3, 4] && [1, 2, 3, 4].slice(1, 3) == [2, 3]",
        "['a', 'b'].join('-') == 'a-b' && 'a,b'.split(',') == ['a', 'b']",
        "rand.double() < 1.0",
        "timestamp(time.now).getFullYear() == 2026",
        "req.content_type == 'text/plain' && req.content_type.parameters['charset'] == 'utf-8'",
      })
  void macrosAreAsDocumented(String expression) {
    // Given
    String quoted = expression.replace("{`a`", "{\\\"a\\\"");
    Traffic traffic =
        new Traffic(
            "{on_http_request: [{expressions: [\"" + quoted + "\"], actions: [{type: deny}]}]}");
    traffic.header("x-tenant", "a").header("Cookie", "s=1; s=2; t=3");
    traffic.header("Content-Type", "text/plain; charset=utf-8");
    // When
    HTTPResponse response = traffic.get("/?q=1&q=2");
    // Then
    assertThat(response.status()).as(traffic.decisions.toString()).isEqualTo(403);
  }
}
