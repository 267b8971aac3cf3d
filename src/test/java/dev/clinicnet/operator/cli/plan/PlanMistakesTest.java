package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.lint.BrokenManifest;
import dev.clinicnet.operator.cli.lint.Mistake;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code plan} says of mistakes what {@code lint} says, and asks the account for nothing. */
class PlanMistakesTest {
  private static final Map<String, String> NOWHERE =
      Map.of("NGROK_API_URL", "http://127.0.0.1:1", "NGROK_API_KEY", RunningOperator.API_KEY);

  @TempDir private Path directory;

  static Stream<Mistake> mistakes() {
    return Mistake.all().stream();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void planSaysOneThing(Mistake mistake) {
    PlanRun run =
        PlanRun.with(
            NOWHERE,
            BrokenManifest.GOOD.resolve("clinic.yaml").toString(),
            mistake.file().toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().filter(line -> !line.endsWith(" 1 error, 0 warnings")))
        .containsExactly(mistake.file() + ":" + mistake.says());
  }

  @Test
  void anObjectThatOnlyLooksLikeOursIsAWarning() throws IOException {
    Path file = directory.resolve("clinic.yaml");
    Files.writeString(
        file, "{apiVersion: clinicnet.io/v1alpha1, kind: Clinic, metadata: {name: one}}\n");

    try (NgrokAccount account = NgrokAccount.open()) {
      PlanRun run = PlanRun.on(account.url(), file.toString(), "--instance", "one");

      assertThat(run.code()).isZero();
      assertThat(run.err())
          .contains(
              "warning: Clinic default/one: apiVersion: clinicnet.io/v1alpha1 is not ours, so that"
                  + " nothing is checked here; did you mean Clinic of clinicnet.dev/v1alpha1?");
    }
  }
}
