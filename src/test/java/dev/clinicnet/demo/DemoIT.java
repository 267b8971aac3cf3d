package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clinicnet.testkit.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The demo switches the loggers off, so no other test may listen meanwhile. */
@ResourceLock(LogCapture.LOGGERS)
class DemoIT {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen =
      new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);

  @Test
  void everyCheckHoldsAndNoTokenIsShown() {
    Demo demo = demo(DemoOptions.LIMIT, null);

    assertThat(demo.run()).describedAs(output()).isZero();

    assertThat(output())
        .contains("ok       all 10 objects are Ready", "All 22 checks hold.")
        .doesNotContain("differs");
    assertThat(output().lines()).allMatch(line -> line.length() <= Screen.WIDTH);
    assertThat(demo.siteKits()).hasSize(3);
    for (SiteKitFile siteKit : demo.siteKits()) {
      byte[] token = siteKit.token().getBytes(StandardCharsets.UTF_8);
      assertThat(output())
          .doesNotContain(siteKit.token())
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(token));
      assertThat(siteKit.text()).contains(siteKit.token());
    }
  }

  @Test
  void whatIsNotReadyInTimeIsNamedWithItsMessage() {
    Demo demo =
        demo(
            Duration.ofSeconds(20),
            """
            {"method": "POST", "path": "/endpoints", "status": 400, "times": 1000,
             "error_code": "ERR_NGROK_9999", "msg": "not on a Monday"}
            """);

    assertThat(demo.run()).isOne();

    assertThat(output())
        .contains("After 20 s these are not Ready:")
        .contains("ClinicService rest-api")
        .contains("Programmed=False", "not on a Monday")
        .doesNotContain("ClinicService dashboard\n")
        .doesNotContain("\tat ");
  }

  @Test
  void whatDiffersIsNamed() {
    Demo demo =
        demo(
            DemoOptions.LIMIT,
            """
            {"method": "POST", "path": "/endpoints", "status": 503, "times": 1}
            """);

    assertThat(demo.run()).isOne();

    assertThat(output())
        .containsPattern("differs  \\d+ requests to ngrok")
        .contains("POST /endpoints: expected 6, made 7", "1 of 22 checks differ");
  }

  @Test
  void everyCheckHoldsWithAgentsOfNgrokToo() {
    assumeTrue(
        Files.isExecutable(dev.clinicnet.testkit.RealAgents.program()),
        "needs ngrok's agent: install Go and run dev/agent/build");
    DemoOptions options =
        new DemoOptions(false, true, false, false, DemoOptions.LIMIT, Optional.empty());

    assertThat(new Demo(options, screen).run()).describedAs(output()).isZero();

    assertThat(output())
        .contains("All 22 checks hold.", "an agent on ngrok's Go SDK connected with ngrok.yml");
    assertThat(output().lines()).allMatch(line -> line.length() <= Screen.WIDTH);
  }

  private Demo demo(Duration limit, String fault) {
    return new Demo(
        new DemoOptions(false, false, false, false, limit, Optional.ofNullable(fault)), screen);
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
