package dev.clinicnet.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountSpec;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountWriterTest {
  private static final AccountWriter EAST = new AccountWriter("east", Set.of("a", "b"));
  private static final AccountWriter WEST = new AccountWriter("west", Set.of("c"));
  private static final AccountWriter ALL = new AccountWriter("all", Set.of());
  private static final Map<String, Map<String, String>> LABELS =
      Map.of("a", Map.of("team", "x"), "b", Map.of(), "c", Map.of(), "d", Map.of());

  @Test
  void itCountsTheNamespacesThatItWatchesAndThatHaveAGrant() {
    NgrokAccount granted = granted("second", Map.of("team", "x"), "c", "d", "missing");

    assertThat(EAST.self(granted, LABELS)).isEqualTo(new AccountOperator("east", 1));
    assertThat(WEST.self(granted, LABELS)).isEqualTo(new AccountOperator("west", 1));
    assertThat(ALL.self(granted, LABELS)).isEqualTo(new AccountOperator("all", 3));
    assertThat(EAST.self(account("second"), LABELS).namespaces()).isZero();
    assertThat(EAST.self(account("default"), LABELS).namespaces()).isEqualTo(2);
  }

  @Test
  void theFirstOneWritesAndTheOthersLeaveItToThatOne() {
    NgrokAccount account = granted("second", Map.of("team", "x"), "c");
    assertThat(writes(EAST, account)).isTrue();
    assertThat(writes(WEST, account)).isTrue();

    writtenBy(account, EAST.self(account, LABELS));

    assertThat(writes(EAST, account)).isTrue();
    assertThat(writes(WEST, account)).isFalse();
    assertThat(writes(ALL, account)).as("there is only one of its kind").isTrue();
  }

  @Test
  void whoUsesTheAccountTakesItFromOneWhoDoesNot() {
    NgrokAccount account = granted("second", Map.of(), "c");

    writtenBy(account, EAST.self(account, LABELS));
    assertThat(writes(WEST, account)).isTrue();

    writtenBy(account, WEST.self(account, LABELS));
    assertThat(writes(EAST, account)).isFalse();
  }

  @Test
  void amongThoseWhoDoNotUseItTheFirstStays() {
    NgrokAccount account = account("second");
    writtenBy(account, EAST.self(account, LABELS));

    assertThat(writes(WEST, account)).isFalse();
  }

  @Test
  void oneThatDoesNotAnswerIsReplaced() {
    NgrokAccount account = granted("second", Map.of("team", "x"), "c");
    writtenBy(account, EAST.self(account, LABELS));
    AccountOperator west = WEST.self(account, LABELS);

    assertThat(WEST.writes(account, west, AccountWriter.PATIENCE.minusSeconds(1))).isFalse();
    assertThat(WEST.writes(account, west, AccountWriter.PATIENCE)).isTrue();
  }

  private static boolean writes(AccountWriter writer, NgrokAccount account) {
    return writer.writes(account, writer.self(account, LABELS), Duration.ZERO);
  }

  private static void writtenBy(NgrokAccount account, AccountOperator operator) {
    account.setStatus(new NgrokAccountStatus(1L, List.of(), operator, List.of(), null));
  }

  private static NgrokAccount account(String name) {
    NgrokAccount account = new NgrokAccount();
    account.getMetadata().setName(name);
    account.setSpec(new NgrokAccountSpec(null, null, null));
    return account;
  }

  private static NgrokAccount granted(
      String name, Map<String, String> labels, String... namespaces) {
    NgrokAccount account = account(name);
    Map<String, Object> selection = Map.of("names", namespaces, "matchLabels", labels);
    account.setSpec(
        new JsonMapper()
            .convertValue(
                Map.of("grants", List.of(Map.of("name", "all", "namespaces", selection))),
                NgrokAccountSpec.class));
    return account;
  }
}
