package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  @Test
  void textsAndAttributesAreEscaped() {
    String html =
        new Html().leaf("p", "<b>&'\"", "title", "\"><script>alert(1)</script>").document();

    assertThat(html)
        .isEqualTo(
            "<!doctype html>\n<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">"
                + "&lt;b&gt;&amp;&#39;&quot;</p>");
  }

  @Test
  void whatCouldHideATextIsReplaced() {
    assertThat(new Html().leaf("p", "a\u0000b\u202Ec\u2066d\u200Fe\u001Bf\ng").document())
        .endsWith("<p>a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\ng</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "http://example.com",
        "//example.com",
        "/\\example.com",
        "https://",
        ""
      })
  void anAddressThatLeadsElsewhereIsRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Html().leaf("a", "x", "href", address))
        .withMessageContaining("not an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/clinics/a/b?q=c", "#main", "https://clinic1.example.com/"})
  void anAddressOfThePageOrOfTheWebIsWritten(String address) {
    assertThat(new Html().leaf("a", "x", "href", address).document())
        .contains("href=\"" + address + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "OnLoad", "x y", "a=b", ""})
  void anAttributeThatCouldRunSomethingIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Html().leaf("p", "x", name, "y"));
  }

  @Test
  void everyElementEnds() {
    assertThatIllegalStateException().isThrownBy(() -> new Html().open("p").document());
  }
}
