package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * The API server refuses the site kit. It ends the pass, since no token may be issued that cannot
 * be published; the operator SDK tries again, later each time.
 */
final class SiteKitNotWritten extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SERVER_ERRORS = 500;

  private final String secret;
  private final String refusal;

  SiteKitNotWritten(String secret, KubernetesClientException cause) {
    super("the Secret " + secret + " could not be written", cause);
    this.secret = secret;
    this.refusal = cause.getStatus() == null ? null : cause.getStatus().getMessage();
  }

  /** Whether somebody has to change something; what passes by itself is not worth telling. */
  static boolean isRefusal(KubernetesClientException e) {
    return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
        && e.getCode() < SERVER_ERRORS
        && e.getCode() != HttpURLConnection.HTTP_CONFLICT;
  }

  /** What to say of it. */
  Verdict verdict() {
    return Verdict.no(
        Reason.SiteKitNotWritten,
        "The site kit waits until the Secret "
            + secret
            + " can be written: "
            + (refusal == null ? "the API server refuses it" : refusal)
            + ".");
  }
}
