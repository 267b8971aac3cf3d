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
            "memory",
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
  void theMemoryOfALargeFleetIsAddedUp(@TempDir Path results) throws IOException {
    Files.writeString(
        results.resolve("restart.json"),
        """
        {"scenario": "restart", "clinics": 1000, "limit": "none",
         "jvm": ["-XX:MaxRAM=256m", "-XX:MaxRAMPercentage=46"],
         "figures": {
           "memory in MiB": {
             "heap": 100, "heap, at most": 118, "classes": 20, "compiled code, at most": 26,
             "stacks of all threads, reserved": 43},
           "operator": {"RSS in MiB": 210, "highest RSS in MiB": 211}}}
        """);
    Files.writeString(
        results.resolve("small.json"),
        """
        {"scenario": "restart", "clinics": 100, "limit": "none",
         "figures": {"memory in MiB": {"heap": 50}}}
        """);

    assertThat(ScalePage.read(results).into("<!-- table: memory -->\n<!-- end -->\n"))
        .contains("| restart | 1,000 | none | 256 | 100 | 118 | 20 | 26 | 43 | 207 | 210 | 211 |\n")
        .doesNotContain("| 100 | none |");
  }

  @Test
  void onPaperAnAgentIsConnectedAtEverySite(@TempDir Path results) throws IOException {
    Files.writeString(
        results.resolve("converge.json"),
        """
        {"scenario": "converge", "clinics": 1000, "limit": "none",
         "figures": {
           "counts": {
             "writes to ngrok needed": 5001, "bytes stored in Kubernetes per Clinic": 1048576,
             "bytes of statuses written per Clinic": 2097152},
           "requests to ngrok": {"POST endpoints": 2000},
           "operator": {"live heap per Clinic in KiB": 1024}}}
        """);
    String page = "<!-- table: paper -->\n<!-- end -->\n";

    assertThat(ScalePage.read(results).into(page))
        .contains("| 1,000 | 0.70 | 90 | 3 | 1.25 | 12.50 | 2 | 10 | 1,000 | 1,000 | 2,000 |\n");

    Files.writeString(
        results.resolve("connect-all.json"),
        """
        {"scenario": "connect-all", "clinics": 1000, "limit": "none",
         "figures": {"operator": {"live heap per Clinic in KiB": 3072}}}
        """);

    assertThat(ScalePage.read(results).into(page)).contains(" | 10 | 1,000 | 3,000 | 2,000 |\n");
  }

  @Test
  void anUnknownTableIsRefused(@TempDir Path results) {
    assertThatThrownBy(
            () -> ScalePage.read(results).into("<!-- table: weather -->\n<!-- end -->\n"))
        .hasMessage("no table weather");
  }
}
