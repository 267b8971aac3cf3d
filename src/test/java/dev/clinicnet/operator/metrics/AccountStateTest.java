package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AccountStateTest {
  private static final Path TABLE =
      Path.of("src/main/resources/dev/clinicnet/operator/ngrok/failure-codes.txt");

  private final AccountState account = new AccountState();

  @Test
  void isSuspendedAfterTwoSuchRefusalsInARow() {
    assertThat(account.suspended()).isNaN();
    suspended();
    assertThat(account.suspended()).isZero();
    suspended();
    assertThat(account.suspended()).isOne();

    account.answered();
    assertThat(account.suspended()).isZero();
  }

  @Test
  void anotherRefusalSaysThatItIsNot() {
    suspended();
    suspended();
    account.refused(Failure.UNAUTHORIZED, "ERR_NGROK_206");
    assertThat(account.suspended()).isZero();
  }

  @Test
  void afterAFailureOfThePlatformNothingElseIsKnown() {
    account.refused(Failure.UNAVAILABLE, null);
    assertThat(account.suspended()).isNaN();
    suspended();
    suspended();
    account.refused(Failure.THROTTLED, "ERR_NGROK_226");
    assertThat(account.suspended()).isOne();
  }

  @Test
  void theCodesAreThoseOfTheTable() throws IOException {
    Matcher row =
        Pattern.compile("(?m)^UNAUTHORIZED: the ngrok account is suspended.*\n {2}(.+)$")
            .matcher(Files.readString(TABLE));

    assertThat(row.find()).isTrue();
    assertThat(AccountState.CODES)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(row.group(1).split(" ")).map("ERR_NGROK_"::concat).toList());
  }

  private void suspended() {
    account.refused(Failure.UNAUTHORIZED, "ERR_NGROK_205");
  }
}
