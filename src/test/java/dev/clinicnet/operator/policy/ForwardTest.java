package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets to which a public endpoint may forward. */
class ForwardTest {
  private static final String DOMAIN = "clinic1.internal";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://web.clinic1.internal",
        "http://web.clinic1.internal:8080",
        "tcp://db.clinic1.internal:5432",
        "tls://a.b.clinic1.internal",
      })
  void anEndpointUnderTheInternalDomain(String url) {
    assertThat(Forward.isUnder(url, DOMAIN)).isTrue();
    assertThat(new Forward(url, DOMAIN).url()).isEqualTo(url);
  }

  /** A URL that two readers may read as different hosts is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://web.first.internal",
        "https://clinic1.internal",
        "https://web.xclinic1.internal",
        "https://web.clinic1.internal.first.internal",
        "https://web.clinic1.internal@web.first.internal",
        "https://web.first.internal@web.clinic1.internal",
        "https://web.first.internal/.clinic1.internal",
        "https://web.first.internal?.clinic1.internal",
        "https://web.first.internal#.clinic1.internal",
        "https://web.first.internal\\.clinic1.internal",
        "https://web.clinic1.internal/api",
        "https://web.clinic1.internal.",
        "https://${req.host}.clinic1.internal",
        "ftp://web.clinic1.internal",
        "//web.clinic1.internal",
        "web.clinic1.internal",
        "https://web.example.com",
        "",
      })
  void nothingElse(String url) {
    assertThat(Forward.isUnder(url, DOMAIN)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Forward(url, DOMAIN));
  }

  @Test
  void noURLIsNone() {
    assertThat(Forward.isUnder(null, DOMAIN)).isFalse();
    assertThat(Forward.host(null)).isEmpty();
  }
}
