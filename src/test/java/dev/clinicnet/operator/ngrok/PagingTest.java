package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private final FakePlatform platform = new FakePlatform();
  private final FakePlatform elsewhere = new FakePlatform();
  private final OkHttpNgrokApi api = platform.client();

  @AfterEach
  void close() {
    api.close();
    platform.close();
    elsewhere.close();
  }

  @Test
  void followsTheNextPageVerbatimToTheEnd() {
    // The address does not have the last row's id, so a client that computes it would fail.
    String second = platform.url() + "/credentials?before_id=cr_other&limit=2";
    platform.replies(200, page(List.of("cr_1", "cr_2"), second));
    platform.replies(200, page(List.of("cr_3"), null));
    assertThat(api.list(Resource.CREDENTIALS, Lane.SWEEP))
        .extracting(Credential::id)
        .containsExactly("cr_1", "cr_2", "cr_3");
    assertThat(platform.received)
        .extracting(FakePlatform.Received::target)
        .containsExactly("/credentials?limit=100", "/credentials?before_id=cr_other&limit=2");
  }

  @Test
  void endsOnAnEmptyPageWhateverItSays() {
    platform.replies(200, page(List.of("cr_1"), platform.url() + "/credentials?before_id=cr_1"));
    platform.replies(200, page(List.of(), platform.url() + "/credentials?before_id=cr_0"));
    assertThat(api.list(Resource.CREDENTIALS, Lane.SWEEP)).hasSize(1);
    assertThat(platform.received).hasSize(2);
  }

  @Test
  void neverSendsTheKeyToAnotherHost() {
    platform.replies(200, page(List.of("cr_1"), elsewhere.url() + "/credentials?before_id=cr_1"));
    NgrokException e = list();
    assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(e).hasMessageContaining("the API key is never sent elsewhere");
    assertThat(elsewhere.received).isEmpty();
    assertThat(platform.received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1", "http://127.0.0.1.example.com", "//example.com/x"})
  void neverLeavesItsOrigin(String prefix) {
    platform.replies(200, page(List.of("cr_1"), prefix + "/credentials"));
    assertThat(list()).hasMessageContaining("never sent elsewhere");
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void doesNotGoInCircles() {
    String first = platform.url() + "/credentials?limit=100";
    platform.replies(200, page(List.of("cr_1"), first));
    assertThat(list()).hasMessageContaining("does not end");
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void doesNotFollowARedirect() {
    Map<String, String> to = Map.of("Location", elsewhere.url() + "/credentials");
    IntStream.range(0, 3).forEach(i -> platform.replies(302, "{}", to));
    assertThat(list().failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(elsewhere.received).isEmpty();
  }

  @Test
  void saysWhenTheAnswerIsNoList() {
    platform.replies(200, "<html>hello</html>");
    assertThat(list().failure()).isEqualTo(Failure.UNAVAILABLE);
    platform.replies(200, "{\"keys\":[]}");
    assertThat(list()).hasMessageContaining("is the base URL right?");
    platform.replies(200, "{\"credentials\":[{\"id\":\"cr_1\",\"acl\":{\"a\":1}}]}");
    assertThat(list().failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  private NgrokException list() {
    return catchThrowableOfType(
        NgrokException.class, () -> api.list(Resource.CREDENTIALS, Lane.SWEEP));
  }

  private static String page(List<String> ids, String next) {
    String rows = String.join(",", ids.stream().map(id -> "{\"id\":\"" + id + "\"}").toList());
    String uri = next == null ? "null" : "\"" + next + "\"";
    return "{\"credentials\":[" + rows + "],\"uri\":\"u\",\"next_page_uri\":" + uri + "}";
  }
}
