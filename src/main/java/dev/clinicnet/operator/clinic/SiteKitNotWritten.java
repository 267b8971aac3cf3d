package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.reconcile.WriteRefused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * The API server refuses the site kit. This ends the pass, because no token may be issued that
 * cannot be published. The operator SDK tries again, later each time.
 */
final class SiteKitNotWritten extends WriteRefused {
  private static final long serialVersionUID = 1L;
  private static final int SERVER_ERRORS = 500;

  private final String secret;
  private final String refusal;

  SiteKitNotWritten(String secret, KubernetesClientException cause) {
    super("the Secret " + secret + " could not be written", cause);
    this.secret = secret;
    this.refusal = refusal(cause);
  }

  /** Whether a person must act. A failure that ends by itself is not reported. */
  static boolean isRefusal(KubernetesClientException e) {
    return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
        && e.getCode() < SERVER_ERRORS
        && e.getCode() != HttpURLConnection.HTTP_CONFLICT;
  }

  @Override
  public Verdict verdict() {
    return Verdict.no(
        Reason.SiteKitNotWritten,
        "The site kit waits until the Secret " + secret + " can be written: " + refusal + ".");
  }

  /** The message when the Secret of a retained Clinic cannot be separated from it. */
  static Verdict notKept(String secret, KubernetesClientException cause) {
    return Verdict.no(
        Reason.SiteKitNotWritten,
        "All at ngrok is retained, but the Secret "
            + secret
            + " would go with the Clinic: "
            + refusal(cause)
            + ".");
  }

  private static String refusal(KubernetesClientException cause) {
    return cause.getStatus() == null || cause.getStatus().getMessage() == null
        ? "the API server refuses to change it"
        : cause.getStatus().getMessage();
  }
}
