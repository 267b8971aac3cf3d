package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.inventory.Mark;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The annotations of a Clinic or ClinicService with which people control the operator. */
public final class Annotations {
  /**
   * With {@code "true"}: removes the finalizer of an object that is being deleted, and leaves
   * everything at ngrok.
   */
  public static final String ABANDON = "clinicnet.dev/abandon";

  /**
   * The ids of objects at ngrok without a mark that must become the manifest's, separated by commas
   * or blanks. A Clinic adopts domains and credentials, a ClinicService its public endpoint.
   */
  public static final String ADOPT = "clinicnet.dev/adopt";

  /** The code of an account mismatch that a person confirms. */
  public static final String CONFIRM_ACCOUNT = "clinicnet.dev/confirm-account";

  /** With {@code "true"} on a Clinic: cuts its site off until the annotation is removed. */
  public static final String QUARANTINE = "clinicnet.dev/quarantine";

  /**
   * The {@code namespace/name} of the object that gets those names of this one that it asks for.
   */
  public static final String HAND_OVER_TO = "clinicnet.dev/hand-over-to";

  /**
   * With {@code "true"} on a Clinic whose site was set up by hand: its agents keep the authtoken
   * that they have. No authtoken and no site kit is issued while there is none.
   */
  public static final String KEEP_AUTHTOKEN = "clinicnet.dev/keep-authtoken";

  /** Every new value repeats at once the steps that the platform refused. */
  public static final String RETRY = "clinicnet.dev/retry";

  /** On a Clinic: every new value restarts its agents once. */
  public static final String RESTART_AGENTS = "clinicnet.dev/restart-agents";

  /** On a Clinic: every new value replaces its authtoken once. */
  public static final String ROTATE = "clinicnet.dev/rotate";

  /** On a Clinic: every new value replaces the secrets of its services' internal locks once. */
  public static final String ROTATE_INTERNAL_LOCK = "clinicnet.dev/rotate-internal-lock";

  /** On a Clinic: the person whom its technician may ask. It is in the texts of the site kit. */
  public static final String CONTACT = "clinicnet.dev/contact";

  /** On a ClinicSession: the user who created it. The admission policy writes it. */
  public static final String REQUESTED_BY = "clinicnet.dev/requested-by";

  /** All annotations. */
  public static final Set<String> KNOWN =
      Set.of(
          ABANDON,
          ADOPT,
          CONFIRM_ACCOUNT,
          QUARANTINE,
          HAND_OVER_TO,
          KEEP_AUTHTOKEN,
          RETRY,
          RESTART_AGENTS,
          ROTATE,
          ROTATE_INTERNAL_LOCK,
          CONTACT,
          REQUESTED_BY);

  /** The annotations of which only the value {@code "true"} counts. */
  public static final Set<String> SWITCHES = Set.of(ABANDON, QUARANTINE, KEEP_AUTHTOKEN);

  private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");

  private Annotations() {}

  /** The value of an annotation; empty when it is not set. */
  public static Optional<String> get(HasMetadata object, String key) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(key));
  }

  /** Whether an object hands its names over to the owner that a mark names. */
  public static boolean gaveAway(HasMetadata holder, Optional<Mark> mark) {
    return mark.flatMap(Mark::owner)
        .map(owner -> owner.namespace() + "/" + owner.name())
        .filter(path -> get(holder, HAND_OVER_TO).filter(path::equals).isPresent())
        .isPresent();
  }

  /** Whether the deletion of an object leaves everything at ngrok. */
  public static boolean isAbandoned(HasMetadata object) {
    return get(object, ABANDON).filter("true"::equals).isPresent();
  }

  /** Whether a Clinic's site must be cut off. */
  public static boolean isQuarantined(HasMetadata clinic) {
    return get(clinic, QUARANTINE).filter("true"::equals).isPresent();
  }

  /** Whether an object at ngrok without a mark must become the manifest's. */
  public static boolean adopts(HasMetadata object, String id) {
    return adopted(object).contains(id);
  }

  /**
   * The ids of the objects at ngrok that an object adopts, in the order in which they are given.
   */
  public static List<String> adopted(HasMetadata object) {
    return get(object, ADOPT).stream()
        .flatMap(SEPARATORS::splitAsStream)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** Whether the agents of a Clinic keep an authtoken that the operator did not issue. */
  public static boolean keepsAuthtoken(HasMetadata clinic) {
    return get(clinic, KEEP_AUTHTOKEN).filter("true"::equals).isPresent();
  }

  /**
   * Whether an object gives its names to another one that asks for them. An object that hands over
   * does not take names itself, because a name could otherwise go round forever.
   */
  public static boolean handsOver(HasMetadata holder, HasMetadata to) {
    String path = to.getMetadata().getNamespace() + "/" + to.getMetadata().getName();
    return get(holder, HAND_OVER_TO).filter(path::equals).isPresent()
        && get(to, HAND_OVER_TO).isEmpty();
  }
}
