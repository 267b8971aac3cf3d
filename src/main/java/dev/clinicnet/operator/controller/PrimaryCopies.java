package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Gives each pass a copy of its object, so that nothing changes the object in the cache. The copy
 * has metadata of its own, but shares the spec and the status, because these are records. Otherwise
 * every pass would write its object as JSON and read it again.
 */
final class PrimaryCopies implements Cloner {
  private final KubernetesSerialization others;

  /**
   * Copies.
   *
   * @param others copies the objects of other kinds as a whole
   */
  PrimaryCopies(KubernetesSerialization others) {
    this.others = others;
  }

  @Override
  @SuppressWarnings("unchecked") // Each copy has the class of the object.
  public <R extends HasMetadata> R clone(R object) {
    if (object instanceof Clinic clinic) {
      return (R) copy(clinic, new Clinic());
    }
    if (object instanceof ClinicService service) {
      return (R) copy(service, new ClinicService());
    }
    if (object instanceof ClinicSession session) {
      return (R) copy(session, new ClinicSession());
    }
    return others.clone(object);
  }

  private static <S, T, C extends CustomResource<S, T>> C copy(C object, C copy) {
    copy.setMetadata(new ObjectMetaBuilder(object.getMetadata()).build());
    copy.setSpec(object.getSpec());
    copy.setStatus(object.getStatus());
    return copy;
  }
}
