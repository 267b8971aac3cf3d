package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.clinic.SeenService;
import dev.clinicnet.operator.controller.RelevantUpdate;
import dev.clinicnet.operator.service.SeenClinic;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The three controllers: their caches, and which object an event makes them go over. */
final class Controllers {
  static final String CLINIC = "Clinic";
  static final String SERVICE = "ClinicService";
  static final String SESSION = "ClinicSession";

  static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(CLINIC, Clinic.class, SERVICE, ClinicService.class, SESSION, ClinicSession.class);
  static final Map<String, String> FINALIZERS =
      Map.of(
          CLINIC, "clinicnet.dev/clinic",
          SERVICE, "clinicnet.dev/clinicservice",
          SESSION, "clinicnet.dev/clinicsession");

  private static final RelevantUpdate RELEVANT = new RelevantUpdate();

  private final World world;
  private final Work work;
  private final Caches clinics;
  private final Caches services;
  private final Caches sessions;

  Controllers(World world, Work work) {
    this.world = world;
    this.work = work;
    ApiServer server = world.server();
    clinics =
        new Caches(
            server, Set.of(Clinic.class, ClinicService.class, Secret.class), this::atClinics);
    services =
        new Caches(
            server,
            Set.of(ClinicService.class, Clinic.class, ClinicSession.class),
            this::atServices);
    sessions =
        new Caches(server, Set.of(ClinicSession.class, ClinicService.class), this::atSessions);
  }

  /** Goes over everything that is there. */
  void begin() {
    clinics.all(Clinic.class).forEach(this::due);
    services.all(ClinicService.class).forEach(this::due);
    sessions.all(ClinicSession.class).forEach(this::due);
  }

  Caches clinics() {
    return clinics;
  }

  Caches services() {
    return services;
  }

  List<Caches> all() {
    return List.of(clinics, services, sessions);
  }

  Caches of(String kind) {
    return switch (kind) {
      case CLINIC -> clinics;
      case SERVICE -> services;
      default -> sessions;
    };
  }

  void due(HasMetadata object) {
    due(object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  void due(String kind, String namespace, String name) {
    work.now(new Work.Item(kind, namespace, name), world.now());
  }

  private void primary(ApiServer.Event event) {
    if (event.before() == null
        || event.after() == null
        || RELEVANT.accept(event.after(), event.before())) {
      due(event.object());
    }
  }

  private static boolean isUpdate(ApiServer.Event event) {
    return event.before() != null && event.after() != null;
  }

  private void atClinics(ApiServer.Event event) {
    ObjectMeta metadata = event.object().getMetadata();
    if (event.object() instanceof Clinic) {
      primary(event);
    } else if (event.object() instanceof ClinicService service) {
      if (isUpdate(event)
          && !SeenService.differs((ClinicService) event.after(), (ClinicService) event.before())) {
        return;
      }
      due(CLINIC, metadata.getNamespace(), service.getSpec().clinicRef().name());
    } else if (metadata.getAnnotations() != null) {
      String clinic = metadata.getAnnotations().get("clinicnet.dev/clinic");
      if (clinic != null) {
        due(CLINIC, metadata.getNamespace(), clinic.substring(clinic.indexOf('/') + 1));
      }
    }
  }

  private void atServices(ApiServer.Event event) {
    ObjectMeta metadata = event.object().getMetadata();
    if (event.object() instanceof ClinicService) {
      primary(event);
    } else if (event.object() instanceof Clinic) {
      if (isUpdate(event) && !SeenClinic.differs((Clinic) event.after(), (Clinic) event.before())) {
        return;
      }
      services
          .servicesBy(ClaimKeys.clinic(metadata.getNamespace(), metadata.getName()))
          .forEach(this::due);
    } else if (event.object() instanceof ClinicSession session) {
      due(SERVICE, metadata.getNamespace(), session.getSpec().serviceRef().name());
    }
  }

  private void atSessions(ApiServer.Event event) {
    ObjectMeta metadata = event.object().getMetadata();
    if (event.object() instanceof ClinicSession) {
      primary(event);
    } else {
      sessions
          .sessionsBy(ClaimKeys.service(metadata.getNamespace(), metadata.getName()))
          .forEach(this::due);
    }
  }
}
