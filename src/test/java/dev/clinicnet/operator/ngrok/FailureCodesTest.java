package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of error codes, and how it is read. */
class FailureCodesTest {
  /** The class of each code. A change here changes the operator's behaviour. */
  private static final String CLASSES =
      """
      ALREADY_EXISTS 413 4112 18009 23004 24005
      CONFLICT 380 425 426 427 430 442 443 444 445 446 455 511 512 515 516 517 1420 1929 1930 \
      6702 6703 18006 18016 18017 23003 24006 24009
      ACCOUNT_LIMIT 123 382 401 412 415 418 419 431 433 460 461 501 502 508 602 603 608 613 615 \
      617 619 620 622 633 638 1410 1411 1415 1417 1954 2256 2263 2264 2265 4012 4023 4026 4027 \
      4119 5000 6032 6707 9023 9027 15004 15009 18008 18010 18019 18020 18021 23005 24007
      THROTTLED 225 226 432 509 614 5001
      UNAUTHORIZED 102 103 200 201 202 203 204 205 206 207 208 220 247 256 630 635 4111 15014 29001 \
      AGENT_CREDENTIAL_REFUSED IAM_ACCESS_TOKEN_OWNER_ROLE_REQUIRED
      UNAVAILABLE 212 503 803 807 808 809 1500 1501 AGENT_CREDENTIAL_CHECK_UNAVAILABLE
      OUTCOME_UNKNOWN 810
      INVALID 210 211 213 214 216 217 218 219 230 231 232 233 244 248 451 458 601 631 632 637 \
      2200 2201 2202 2203 2204 2205 2206 2207 2208 2209 2210 2211 2212 2213 2214 2215 2216 2217 \
      2218 2219 2220 2221 2222 2223 2224 2225 2226 2227 2228 2229 2230 2231 2232 2233 2234 2235 2236 \
      2237 2239 2240 2241 2242 2243 2244 2245 2246 2247 2250 2252 2255 2257 2258 2261 2262 2266 \
      2267 6031 9026 9042 9043 18002 18005 18011 18014 23002 24002 24004 \
      IAM_SERVICE_USER_ROLE_NOT_ALLOWED IAM_SERVICE_USER_ROLE_CONFLICT
      """;

  /** The classes that no code of the platform has. */
  private static final Set<Failure> NEVER_LISTED =
      EnumSet.of(Failure.NOT_FOUND, Failure.NOT_LEADING, Failure.WAITING);

  private final List<String> lines = FailureCodes.lines();
  private final Map<String, Verdict> table = FailureCodes.parse(lines);

  @Test
  void eachCodeHasItsClass() {
    Map<String, Failure> expected =
        CLASSES
            .lines()
            .map(line -> List.of(line.split(" ", -1)))
            .flatMap(
                words ->
                    words.stream()
                        .skip(1)
                        .map(code -> Map.entry(code, Failure.valueOf(words.get(0)))))
            .collect(Collectors.toMap(e -> "ERR_NGROK_" + e.getKey(), Map.Entry::getValue));

    assertThat(table)
        .hasSize(211)
        .allSatisfy((code, verdict) -> assertThat(verdict.failure()).isEqualTo(expected.get(code)));
    assertThat(expected).hasSameSizeAs(table);
  }

  @Test
  void eachClassIsUsedAndOnlyThrottlingWaits() {
    assertThat(table.values())
        .extracting(Verdict::failure)
        .containsAll(EnumSet.complementOf(EnumSet.copyOf(NEVER_LISTED)))
        .doesNotContainAnyElementsOf(NEVER_LISTED);
    assertThat(table.values())
        .allSatisfy(
            verdict ->
                assertThat(verdict.retryAfter() != null)
                    .isEqualTo(verdict.failure() == Failure.THROTTLED));
    assertThat(table.get("ERR_NGROK_226").retryAfter()).isEqualTo(Failures.WHOLE_WINDOW);
  }

  @Test
  void eachMeaningHasCodes() {
    long meanings = lines.stream().filter(line -> line.matches("[A-Z].*")).count();

    assertThat(Set.copyOf(table.values())).hasSize((int) meanings);
  }

  @Test
  void aMeaningHasAClassAWaitAndAText() {
    assertThat(FailureCodes.parse(List.of("# why", "", "THROTTLED 7s account: a: b", "  1 2")))
        .isEqualTo(
            Map.of(
                "ERR_NGROK_1",
                new Verdict(Failure.THROTTLED, "a: b", Duration.ofSeconds(7), true),
                "ERR_NGROK_2",
                new Verdict(Failure.THROTTLED, "a: b", Duration.ofSeconds(7), true)));
  }

  @Test
  void aCodeMayBeWords() {
    assertThat(FailureCodes.parse(List.of("INVALID: a", "  IAM_SERVICE_USER_ROLE_CONFLICT 7")))
        .containsOnlyKeys("ERR_NGROK_IAM_SERVICE_USER_ROLE_CONFLICT", "ERR_NGROK_7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  1",
        "INVALID: a|  WORD",
        "INVALID: a|  iam_lower",
        "INVALID: a|  07",
        "INVALID: a|1",
        "INVALID: a|  1,2",
        "INVALID: a|  1 1",
        "INVALID: a|  1|CONFLICT: b|  1",
        "INVALID:|  1",
        "NOTHING: a|  1",
        "THROTTLED 7: a|  1",
        "INVALID account: a|  1"
      })
  void whatCannotBeReadIsRefused(String table) {
    List<String> wrong = List.of(table.split("\\|", -1));

    assertThatThrownBy(() -> FailureCodes.parse(wrong))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
