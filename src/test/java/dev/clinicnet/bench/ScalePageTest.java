package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalePageTest {
  @Test
  void thePageShowsTheStoredResults() throws IOException {
    String page = Files.readString(ScalePage.FILE);

    assertThat(ScalePage.tables(page))
        .containsExactlyInAnyOrder(
            "machine",
            "requests",
            "kubernetes",
            "operator",
            "growth",
            "waits",
            "limit",
            "peer",
            "paper");
    assertThat(ScalePage.read(ScalePage.RESULTS).into(page)).isEqualTo(page);
  }

  @Test
  void aTableIsReplacedAndTheTextAroundItStays(@TempDir Path results) throws IOException {
    Files.writeString(
        results.resolve("converge.json"),
        """
        {"scenario": "converge", "clinics": 1000, "limit": "none", "jvm": ["-Xss1m"],
         "figures": {"counts": {"writes to ngrok needed": 5001, "writes to ngrok": 5002}}}
        """);

    assertThat(
            ScalePage.read(results)
                .into("before\n<!-- table: requests -->\nold\n<!-- end -->\nafter\n"))
        .isEqualTo(
            """
            before
            <!-- table: requests -->
            | Scenario | Clinics | Writes needed | Writes |
            | --- | --- | --- | --- |
            | converge | 1,000 | 5001 | 5002 |
            <!-- end -->
            after
            """);
  }

  @Test
  void anUnknownTableIsRefused(@TempDir Path results) {
    assertThatThrownBy(
            () -> ScalePage.read(results).into("<!-- table: weather -->\n<!-- end -->\n"))
        .hasMessage("no table weather");
  }
}
