package dev.clinicnet.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One upstream inside a clinic, and how it is reached from outside, if at all. */
@Group("clinicnet.dev")
@Version("v1alpha1")
@ShortNames("cs")
public class ClinicService extends CustomResource<ClinicServiceSpec, ClinicServiceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
