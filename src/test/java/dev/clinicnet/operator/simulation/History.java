package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What users asked for, and which token a site could have, and when. */
final class History {
  private static final String CREDENTIAL = "clinicnet.dev/credential-id";

  private final World world;
  private final Map<String, Instant> issued = new HashMap<>();
  private final Set<String> retained = new HashSet<>();
  private final Set<String> published = new HashSet<>();
  private final Map<String, Instant> replaced = new HashMap<>();
  private final Map<String, Integer> publications = new HashMap<>();
  private final Map<String, Integer> reasons = new HashMap<>();
  private final Map<String, String> present = new HashMap<>();
  private final Map<String, Instant> goingOrCutOff = new HashMap<>();
  private final Map<String, Instant> specChanged = new HashMap<>();
  private final Map<String, Instant> revokesAlways = new HashMap<>();

  History(World world) {
    this.world = world;
    world.server().listen(this::watch);
  }

  private void watch(ApiServer.Event event) {
    HasMetadata object = event.object();
    String name = object.getMetadata().getName();
    if (object instanceof Secret secret && name.endsWith("-site-kit")) {
      watchKit(name.substring(0, name.length() - "-site-kit".length()), secret, event);
    } else if (object instanceof Clinic clinic) {
      if (event.before() == null || isReason((Clinic) event.before(), event.after())) {
        reasons.merge(name, 1, Integer::sum);
      }
      boolean was = event.before() != null && isGoingOrCutOff((Clinic) event.before());
      boolean is = event.after() == null || isGoingOrCutOff((Clinic) event.after());
      if (was || is) {
        goingOrCutOff.put(name, world.now());
      }
      if (event.after() == null) {
        if (clinic.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
          retained.add(name);
        } else {
          retained.remove(name);
        }
      }
      if (clinic.getSpec().agent().authtoken().revokeOld() == RevokeOld.AfterOverlap) {
        revokesAlways.put(name, world.now());
      }
    }
    boolean created = event.before() == null;
    if (created || !Objects.equals(generation(event.before()), generation(event.after()))) {
      specChanged.put(object.getKind() + name, world.now());
    }
  }

  private static boolean isReason(Clinic before, HasMetadata after) {
    return after != null
        && (!Annotations.get(before, Annotations.ROTATE)
                .equals(Annotations.get(after, Annotations.ROTATE))
            || Annotations.isQuarantined(before) != Annotations.isQuarantined(after));
  }

  private static Long generation(HasMetadata object) {
    return object == null ? null : object.getMetadata().getGeneration();
  }

  private void watchKit(String clinic, Secret secret, ApiServer.Event event) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    String id = annotations == null ? null : annotations.get(CREDENTIAL);
    if (event.after() == null) {
      reasons.merge(clinic, 1, Integer::sum);
      return; // The token may be installed at the site, so it is still the present one.
    }
    if (id != null && !id.equals(present.get(clinic))) {
      Optional.ofNullable(present.get(clinic)).ifPresent(old -> replaced.put(old, world.now()));
      present.put(clinic, id);
      published.add(id);
      publications.merge(clinic, 1, Integer::sum);
    }
  }

  private static boolean isGoingOrCutOff(Clinic clinic) {
    return Annotations.isQuarantined(clinic) || clinic.isMarkedForDeletion();
  }

  /** Whether a clinic is gone, and was retained. */
  boolean wasRetained(String clinic) {
    return retained.contains(clinic)
        && world.server().get(Clinic.class, Wishes.NAMESPACE, clinic).isEmpty();
  }

  void issued(String credential) {
    issued.put(credential, world.now());
  }

  boolean wasPublished(String credential) {
    return published.contains(credential);
  }

  /** The nonce that the Secret of a site kit has; an empty text if there is none. */
  String pendingNonce(String clinic) {
    return world
        .server()
        .get(Secret.class, Wishes.NAMESPACE, clinic + "-site-kit")
        .map(secret -> secret.getMetadata().getAnnotations())
        .map(annotations -> annotations.get("clinicnet.dev/pending-nonce"))
        .orElse("");
  }

  /** Whether the clinic is gone, being deleted or cut off now. */
  boolean isGoingOrCutOff(String clinic) {
    return world
        .server()
        .get(Clinic.class, Wishes.NAMESPACE, clinic)
        .filter(now -> !isGoingOrCutOff(now))
        .isEmpty();
  }

  /**
   * How many more site kits with another token were published for a clinic than there were reasons:
   * its creation, a request to rotate, a quarantine, a lost Secret.
   */
  int needless(String clinic) {
    return publications.getOrDefault(clinic, 0) - reasons.getOrDefault(clinic, 0);
  }

  /** The credential of the last published site kit; an empty text before there is one. */
  String present(String clinic) {
    return present.getOrDefault(clinic, "");
  }

  /** When another token took the place of this one. */
  Optional<Instant> replaced(String clinic, String credential) {
    return Optional.ofNullable(replaced.get(credential));
  }

  /**
   * Whether the clinic is gone, being deleted or cut off; or was, since the credential was made or
   * a short time ago.
   */
  boolean isGoingOrCutOff(String clinic, String credential, Duration late) {
    Optional<Clinic> now = world.server().get(Clinic.class, Wishes.NAMESPACE, clinic);
    if (now.isEmpty() || isGoingOrCutOff(now.get())) {
      return true;
    }
    Instant last = goingOrCutOff.get(clinic);
    Instant made = issued.get(credential);
    return last != null && (made == null || !last.isBefore(made) || isRecent(last, late));
  }

  boolean revokesWhenUnused(String clinic, Duration late) {
    Instant always = revokesAlways.get(clinic);
    boolean now =
        world
            .server()
            .get(Clinic.class, Wishes.NAMESPACE, clinic)
            .filter(c -> c.getSpec().agent().authtoken().revokeOld() == RevokeOld.AfterOverlap)
            .isPresent();
    return !now && (always == null || !isRecent(always, late));
  }

  /** Whether the present manifest has been there for longer. */
  boolean isOld(HasMetadata object, Duration age) {
    Instant changed = specChanged.get(object.getKind() + object.getMetadata().getName());
    return changed != null && !isRecent(changed, age);
  }

  private boolean isRecent(Instant when, Duration late) {
    return world.now().isBefore(when.plus(late));
  }
}
