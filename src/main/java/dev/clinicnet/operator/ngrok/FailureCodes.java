package dev.clinicnet.operator.ngrok;

import static dev.clinicnet.operator.ngrok.Failure.ACCOUNT_LIMIT;
import static dev.clinicnet.operator.ngrok.Failure.ALREADY_EXISTS;
import static dev.clinicnet.operator.ngrok.Failure.CONFLICT;
import static dev.clinicnet.operator.ngrok.Failure.INVALID;
import static dev.clinicnet.operator.ngrok.Failure.OUTCOME_UNKNOWN;
import static dev.clinicnet.operator.ngrok.Failure.THROTTLED;
import static dev.clinicnet.operator.ngrok.Failure.UNAUTHORIZED;
import static dev.clinicnet.operator.ngrok.Failure.UNAVAILABLE;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The platform's error codes. Their texts are documented in its error reference; which of them are
 * worth a repetition is not, and is decided here. A code that is not listed is judged by the HTTP
 * status alone.
 */
final class FailureCodes {

  /** The whole of the platform's rolling minute, and the second that our window adds to it. */
  static final Duration RATE_WAIT = BudgetOptions.WINDOW;

  /** The limit on simultaneous requests is free again as soon as some have ended. */
  static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(5);

  /** The interval of the limits on creations is not documented. */
  static final Duration CREATION_WAIT = Duration.ofMinutes(5);

  private static final String PREFIX = "ERR_NGROK_";

  private static final Map<String, Verdict> VERDICTS = verdicts();

  private FailureCodes() {}

  /** The verdict on a code; null for a code that is not listed, and for null. */
  static Verdict of(String code) {
    return code == null ? null : VERDICTS.get(code);
  }

  private static Map<String, Verdict> verdicts() {
    Map<String, Verdict> all = new HashMap<>();
    put(
        all,
        Verdict.of(ALREADY_EXISTS, "its name is already taken in this account"),
        413,
        4112,
        23004,
        24005);
    put(all, Verdict.of(ALREADY_EXISTS, "another cloud endpoint has this URL already"), 18009);
    conflicts(all);
    limits(all);
    throttling(all);
    keys(all);
    interruptions(all);
    put(
        all,
        Verdict.of(
            INVALID, "the operator sent what the platform does not understand: please report it"),
        210,
        211,
        213,
        214,
        216,
        217,
        218,
        219,
        230,
        231,
        232,
        233,
        244,
        248);
    put(
        all,
        Verdict.of(INVALID, "an endpoint cannot change its scheme: it must be created anew"),
        18005);
    return Map.copyOf(all);
  }

  private static void conflicts(Map<String, Verdict> all) {
    put(
        all,
        Verdict.of(CONFLICT, "an endpoint still uses the domain: remove that endpoint first"),
        446);
    put(
        all,
        Verdict.of(
            CONFLICT,
            "no domain or address that the account has reserved fits the URL: reserve it, or wait"
                + " a moment if that was just done"),
        18006);
    put(
        all,
        Verdict.of(
            CONFLICT,
            "another endpoint on the same URL pools, or does not, unlike this one: make them alike"
                + " or remove the other one"),
        18016,
        18017);
    put(all, Verdict.of(CONFLICT, "something still refers to it: remove that first"), 1420, 23003);
    // Somebody deleted the vault since it was listed.
    put(all, Verdict.of(CONFLICT, "the vault of the secret is not there any more"), 24006, 24009);
    // The remedy is outside the manifest, so nothing would wake us when it has been applied.
    put(
        all,
        Verdict.of(
            CONFLICT, "an old DNS record of the name points to ngrok: remove the record first"),
        511,
        512);
    put(
        all,
        Verdict.of(CONFLICT, "the DNS records of the name are not as they must be: correct them"),
        425,
        426,
        427,
        442,
        443,
        444,
        445,
        455,
        515,
        516,
        517,
        1929,
        1930,
        6702,
        6703);
  }

  private static void limits(Map<String, Verdict> all) {
    put(
        all,
        Verdict.of(
            ACCOUNT_LIMIT, "the plan of the ngrok account does not include this: change the plan"),
        401,
        412,
        419,
        460,
        501,
        619,
        620,
        638,
        4012,
        4023,
        4119,
        6032,
        6707,
        9023,
        2256,
        2263,
        18008,
        18019);
    put(
        all,
        Verdict.of(
            ACCOUNT_LIMIT,
            "the ngrok account has reached a limit of its plan: remove what is no longer needed, or"
                + " change the plan"),
        415,
        418,
        431,
        433,
        461,
        502,
        508,
        602,
        603,
        608,
        613,
        615,
        617,
        1410,
        1411,
        1415,
        1417,
        1954,
        4027,
        5000,
        15004,
        15009,
        18010,
        18020,
        18021,
        23005,
        24007);
    put(
        all,
        Verdict.of(
            ACCOUNT_LIMIT,
            "the traffic policy has more rules than the plan of the account allows: use fewer, or"
                + " change the plan"),
        2264,
        2265);
    put(all, Verdict.of(ACCOUNT_LIMIT, "the ngrok account has run out of credit: buy some"), 4026);
    put(
        all,
        Verdict.of(ACCOUNT_LIMIT, "the e-mail address of the account's admin is not verified"),
        123,
        382);
  }

  private static void throttling(Map<String, Verdict> all) {
    put(
        all,
        new Verdict(
            THROTTLED, "the account has made too many requests in a minute", RATE_WAIT, true),
        226);
    put(
        all,
        new Verdict(
            THROTTLED,
            "the account has too many requests under way at once",
            CONCURRENCY_WAIT,
            true),
        225);
    put(
        all,
        new Verdict(
            THROTTLED, "the account has created too many of these for now", CREATION_WAIT, false),
        432,
        509,
        614,
        5001);
  }

  private static void keys(Map<String, Verdict> all) {
    put(
        all,
        Verdict.of(
            UNAUTHORIZED,
            "the API key is not accepted: set an API key (not an authtoken, and not the key's id)"
                + " that belongs to an admin user of the account, not to a service user"),
        200,
        201,
        202,
        203,
        206,
        207,
        208);
    put(
        all,
        Verdict.of(
            UNAUTHORIZED,
            "the API key lacks the rights: use an API key that belongs to an admin user of the"
                + " account, not to a service user"),
        221,
        630,
        633,
        635,
        4111);
    put(
        all,
        Verdict.of(
            UNAUTHORIZED,
            "the account's IP restrictions do not let this operator use the API: allow its address"
                + " in the ngrok dashboard"),
        220);
    put(
        all,
        Verdict.of(
            UNAUTHORIZED,
            "the ngrok account is suspended, unpaid or not allowed to use the API: settle that with"
                + " ngrok, or set an API key that belongs to an admin user of another account"),
        102,
        103,
        204,
        205,
        247);
  }

  private static void interruptions(Map<String, Verdict> all) {
    put(all, Verdict.of(UNAVAILABLE, "ngrok is under maintenance"), 803, 1500, 1501);
    put(all, Verdict.of(UNAVAILABLE, "ngrok did not receive the whole request"), 212);
    put(
        all,
        Verdict.of(
            UNAVAILABLE, "ngrok has no free TCP address in this region: choose another, or wait"),
        503);
    put(all, Verdict.of(UNAVAILABLE, "the agent could not do it"), 807, 808, 809);
    put(all, Verdict.of(OUTCOME_UNKNOWN, "the agent did not confirm it"), 810);
  }

  private static void put(Map<String, Verdict> all, Verdict verdict, int... codes) {
    for (int code : codes) {
      all.put(PREFIX + code, verdict);
    }
  }
}
