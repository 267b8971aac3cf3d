package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final Duration DRIFT = Duration.ofMinutes(10);

  private final Pace pace = new Pace(DRIFT, Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "100, 1", "101, 2", "2000, 20"})
  void everyHundredObjectsAreAPage(int objects, int pages) {
    assertThat(Pace.pages(objects)).isEqualTo(pages);
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 30", "3, 46", "20, 300", "27, 600", "50, 750"})
  void endpointsAreListedLessOftenTheMoreTheyAre(int pages, int seconds) {
    assertThat(pace.agents(Resource.ENDPOINTS, pages).toSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "4, 30", "10, 75", "50, 600"})
  void sessionsAreListedMoreOftenThanEndpoints(int pages, int seconds) {
    assertThat(pace.agents(Resource.TUNNEL_SESSIONS, pages).toSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 20, 33, 40, 50, 100, 250})
  void theListsOfEndpointsNeedAtMostFourPagesAMinute(int pages) {
    double perMinute = 60.0 * pages / pace.agents(Resource.ENDPOINTS, pages).toSeconds();

    assertThat(perMinute).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"6, 1, 600", "150, 20, 600", "300, 40, 1200", "100, 50, 750"})
  void everythingIsListedLessOftenTheMoreItIs(int pages, int endpoints, int seconds) {
    assertThat(pace.everything(pages, endpoints).toSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 40, 50, 250})
  void theEndpointsInTheListsOfEverythingNeedAtMostFourPagesAMinute(int pages) {
    double perMinute = 60.0 * pages / pace.everything(2 * pages, pages).toSeconds();

    assertThat(perMinute).isLessThanOrEqualTo(4);
  }

  @Test
  void anAgentIntervalAboveTheDriftIntervalStays() {
    Pace odd = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(30));

    assertThat(odd.agents(Resource.ENDPOINTS, 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(odd.agents(Resource.ENDPOINTS, 20)).isEqualTo(Duration.ofMinutes(5));
  }
}
