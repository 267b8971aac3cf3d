package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code docs/operations.md} explains every metric that is served, including metrics that begin
 * only after an error, and {@code docs/reference/metrics.md} lists it.
 */
class MetricsDocIT {
  private static final Pattern SERVED =
      Pattern.compile("(?m)^# TYPE ((?:ngrok|operator|clinic|clinicnet)_\\w+)");
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `((?:ngrok|operator|clinic|clinicnet)_\\w+)`");

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @Test
  void everyMetricIsDocumented() throws IOException {
    Manifests manifests = new Manifests(namespace.admin(), namespace.name());
    manifests.apply("examples/clinic1");
    try (NgrokAccount account = NgrokAccount.open();
        ClinicOperator operator =
            RunningOperator.on(namespace.operator(), namespace.name(), account.url()).start()) {
      manifests.awaitAllReady();

      Set<String> served = names(SERVED, operator.metrics());

      assertThat(names(DOCUMENTED, Files.readString(Path.of("docs/operations.md"))))
          .containsAll(served);
      served.removeIf(name -> name.startsWith("operator_sdk_") || name.endsWith("_max"));
      assertThat(names(DOCUMENTED, Files.readString(Path.of("docs/reference/metrics.md"))))
          .as("the generated list has what the code registers in a way that it knows")
          .containsAll(served);
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
