package dev.clinicnet.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The kinds of this API. */
public final class Kinds {
  /** All of them. */
  public static final List<Class<? extends HasMetadata>> ALL =
      List.of(Clinic.class, ClinicService.class, ClinicSession.class, NgrokAccount.class);

  private Kinds() {}
}
