package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns a failure into an {@link NgrokException}: by the platform's error code, or by the HTTP
 * status if there is no code, but never by the words of the message. Only the name of a missing
 * scope is read there.
 */
final class Failures {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final int TOO_MANY_REQUESTS = 429;

  /** The code for an access token without the scope that a request needs (documented). */
  private static final String SCOPE_MISSING = "ERR_NGROK_29001";

  /**
   * The codes for a scope that a key lacks, or for a right that only some requests need. The key
   * may do other things.
   */
  static final Set<String> OF_ONE_REQUEST = Set.of(SCOPE_MISSING, "ERR_NGROK_256");

  /** The platform's window, and a little more. It does not say how long to wait. */
  static final Duration WHOLE_WINDOW = Duration.ofSeconds(61);

  private final ObjectMapper json;
  private final String serviceUsersPath;

  Failures(ObjectMapper json, String serviceUsersPath) {
    this.json = json;
    this.serviceUsersPath = serviceUsersPath;
  }

  /** A refusal, and whether it concerns all requests of the account. */
  record Refusal(NgrokException exception, boolean stopsEveryone) {}

  /** The failure for an answer that is not a success. */
  Refusal refused(Outgoing outgoing, Answer answer, String apiKey) {
    ErrorBody error = ErrorBody.parse(answer.body(), json);
    Verdict verdict = withScope(outgoing, error, verdict(outgoing, answer, error));
    return new Refusal(
        new NgrokException(
            verdict.failure(),
            error.code() == null ? null : Redaction.redact(error.code(), List.of(apiKey)),
            message(outgoing, answer, error, verdict, apiKey),
            verdict.retryAfter(),
            operation(error.operation() == null ? answer.operation() : error.operation())),
        verdict.stopsEveryone());
  }

  /** The id of a request if it has the form of one. Other text does not come into the log. */
  private static String operation(String id) {
    return id != null && id.matches("op_[A-Za-z0-9]{8,64}") ? id : null;
  }

  /** No answer came. */
  NgrokException unanswered(Outgoing outgoing, NoAnswer e) {
    boolean unknown = outgoing.writes() && e.maybeSent();
    return new NgrokException(
        unknown ? Failure.OUTCOME_UNKNOWN : Failure.UNAVAILABLE,
        null,
        intro(outgoing) + e.getMessage() + (unknown ? "; it may have been done anyway" : ""),
        null);
  }

  /** The failure for a success whose body this client cannot read. */
  NgrokException unreadable(Outgoing outgoing) {
    return new NgrokException(
        outgoing.writes() ? Failure.OUTCOME_UNKNOWN : Failure.UNAVAILABLE,
        null,
        intro(outgoing) + "the answer is not what the platform documents; is the base URL right?",
        null);
  }

  /** There is no usable API key, so nothing was sent. */
  NgrokException withoutKey(Outgoing outgoing) {
    return new NgrokException(
        Failure.UNAUTHORIZED,
        null,
        intro(outgoing)
            + "there is no API key, or it has characters that no key has: set an API key that"
            + " belongs to an admin user of the account, not to a service user",
        null);
  }

  /** The failure for a list whose next page is at another host, or that never ends. */
  NgrokException badPaging(Outgoing outgoing, String why) {
    return new NgrokException(Failure.UNAVAILABLE, null, intro(outgoing) + why, null);
  }

  private Verdict verdict(Outgoing outgoing, Answer answer, ErrorBody error) {
    Verdict listed = FailureCodes.of(error.code());
    if (listed == null) {
      return byStatus(outgoing, answer, error);
    }
    boolean waits = listed.failure() == Failure.THROTTLED;
    return waits
        ? listed.withRetryAfter(retryAfter(answer.retryAfter(), listed.retryAfter()))
        : listed;
  }

  /** The verdict with the name of the scope that is missing, if it is about one. */
  private static Verdict withScope(Outgoing outgoing, ErrorBody error, Verdict verdict) {
    if (!SCOPE_MISSING.equals(error.code())) {
      return verdict;
    }
    String scope =
        AccessScopes.namedIn(error.msg())
            .or(() -> AccessScopes.of(outgoing.method(), outgoing.resource()))
            .orElse("that ngrok names in its dashboard");
    return verdict.withAdvice(verdict.advice().replace("SCOPE", scope));
  }

  private Verdict byStatus(Outgoing outgoing, Answer answer, ErrorBody error) {
    int status = answer.status();
    if (status >= 500 || status == 408) {
      return outgoing.writes()
          ? Verdict.of(
              Failure.OUTCOME_UNKNOWN, "ngrok failed (HTTP " + status + "); it may have been done")
          : Verdict.of(Failure.UNAVAILABLE, "ngrok failed (HTTP " + status + ")");
    }
    if (status < 400) {
      return Verdict.of(
          Failure.UNAVAILABLE,
          "the base URL answers with HTTP " + status + ", which the platform never does");
    }
    return switch (status) {
      case 401, 403 ->
          Verdict.of(
              Failure.UNAUTHORIZED,
              "the API key is rejected or lacks the rights: use an API key that belongs to an admin"
                  + " user of the account, not to a service user");
      case 402 -> Verdict.of(Failure.ACCOUNT_LIMIT, "the ngrok account must be paid for");
      case 404 -> notFound(outgoing, error);
      case 409 -> Verdict.of(Failure.CONFLICT, "another object is in the way");
      case TOO_MANY_REQUESTS -> {
        Duration wait = retryAfter(answer.retryAfter(), WHOLE_WINDOW);
        yield new Verdict(Failure.THROTTLED, "the account has made too many requests", wait, true);
      }
      default ->
          Verdict.of(Failure.INVALID, "ngrok refuses the request: correct what it says is wrong");
    };
  }

  private Verdict notFound(Outgoing outgoing, ErrorBody error) {
    if (error.byResource()) {
      return Verdict.of(Failure.NOT_FOUND, "it does not exist");
    }
    if (!error.unrouted() && error.code() == null) {
      return Verdict.of(
          Failure.UNAVAILABLE, "something that is not ngrok answered; is the base URL right?");
    }
    if (outgoing.resource().equals(serviceUsersPath)) {
      String other =
          serviceUsersPath.equals(NgrokClientOptions.BOT_USERS)
              ? NgrokClientOptions.SERVICE_USERS
              : NgrokClientOptions.BOT_USERS;
      return Verdict.of(
          Failure.INVALID,
          "ngrok does not know the path /"
              + serviceUsersPath
              + " for this account: start the operator with --service-users-path "
              + other
              + " (serviceUsersPath in the chart's values)");
    }
    return Verdict.of(Failure.INVALID, "ngrok does not know this path; is the base URL right?");
  }

  private static String message(
      Outgoing outgoing, Answer answer, ErrorBody error, Verdict verdict, String apiKey) {
    List<String> secrets = new ArrayList<>(outgoing.secrets());
    secrets.add(apiKey);
    String said =
        verdict.failure() == Failure.UNAUTHORIZED || answer.status() == 403
            ? Redaction.redactQuoted(error.msg(), secrets)
            : Redaction.redact(error.msg(), secrets);
    StringBuilder message = new StringBuilder(intro(outgoing)).append(verdict.advice());
    // The advice says it already, with the name of the scope, which is quoted in ngrok's text.
    if (!said.isEmpty() && !SCOPE_MISSING.equals(error.code())) {
      message.append(". ngrok says: ").append(said);
    }
    if (error.code() != null) {
      message.append(" (").append(Redaction.redact(error.code(), secrets)).append(')');
    }
    return message.toString();
  }

  private static String intro(Outgoing outgoing) {
    return "cannot " + outgoing.verb() + " " + outgoing.resource() + " at ngrok: ";
  }

  /**
   * The header Retry-After as a time to wait, between a second and a quarter of an hour. The API
   * documents none; a proxy may add one.
   *
   * @param header seconds; null, a date or nonsense gives {@code otherwise}
   */
  private static Duration retryAfter(String header, Duration otherwise) {
    if (header == null || !header.strip().matches("[0-9]{1,9}")) {
      return otherwise;
    }
    Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(header.strip())));
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }
}
