package dev.clinicnet.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** What people tell the operator by annotations of a Clinic or ClinicService. */
public final class Annotations {
  /** With {@code "true"}: lets go of an object that is deleted, and leaves everything at ngrok. */
  public static final String ABANDON = "clinicnet.dev/abandon";

  /** The id of an object at ngrok that is not ours, and is handed to the manifest. */
  public static final String ADOPT = "clinicnet.dev/adopt";

  /** The code of an account mismatch that a person has looked at and confirms. */
  public static final String CONFIRM_ACCOUNT = "clinicnet.dev/confirm-account";

  /** With {@code "true"} on a Clinic: cuts its site off, until it is removed. */
  public static final String QUARANTINE = "clinicnet.dev/quarantine";

  /** On a Clinic: every new value restarts its agents once. */
  public static final String RESTART_AGENTS = "clinicnet.dev/restart-agents";

  /** On a ClinicSession: who created it, as the admission policy has stamped it. */
  public static final String REQUESTED_BY = "clinicnet.dev/requested-by";

  private Annotations() {}

  /** The value of an annotation; empty when it is not there. */
  public static Optional<String> get(HasMetadata object, String key) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(key));
  }

  /** Whether the deletion of an object is to leave what is still there. */
  public static boolean isAbandoned(HasMetadata object) {
    return get(object, ABANDON).filter("true"::equals).isPresent();
  }

  /** Whether a Clinic's site is to be cut off. */
  public static boolean isQuarantined(HasMetadata clinic) {
    return get(clinic, QUARANTINE).filter("true"::equals).isPresent();
  }

  /** Whether an object at ngrok that is not ours is handed to the manifest. */
  public static boolean adopts(HasMetadata object, String id) {
    return get(object, ADOPT).filter(id::equals).isPresent();
  }
}
