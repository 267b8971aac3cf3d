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

  private final String words;

  private SiteKitNotWritten(String secret, String words, KubernetesClientException cause) {
    super("the Secret " + secret + " could not be written", cause);
    this.words = words + refusal(cause) + ".";
  }

  /** The failure to write a Secret that must come before a request. */
  static SiteKitNotWritten waiting(String secret, KubernetesClientException cause) {
    return new SiteKitNotWritten(
        secret, "The site kit waits until the Secret " + secret + " can be written: ", cause);
  }

  /** The failure to separate a Secret from its retained Clinic. */
  static SiteKitNotWritten notKept(String secret, KubernetesClientException cause) {
    return new SiteKitNotWritten(
        secret,
        "All at ngrok is retained, but the Secret " + secret + " would go with the Clinic: ",
        cause);
  }

  /**
   * Whether a person must act. A failure that ends by itself is not reported: somebody has changed
   * or deleted the Secret since it was read, or its namespace has gone, so the next pass sees what
   * there is now.
   */
  static boolean isRefusal(KubernetesClientException e) {
    return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
        && e.getCode() < SERVER_ERRORS
        && e.getCode() != HttpURLConnection.HTTP_CONFLICT
        && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND;
  }

  @Override
  public Verdict verdict() {
    return Verdict.no(Reason.SiteKitNotWritten, words);
  }

  private static String refusal(KubernetesClientException cause) {
    return cause.getStatus() == null || cause.getStatus().getMessage() == null
        ? "the API server refuses to change it"
        : cause.getStatus().getMessage();
  }
}
