package dev.clinicnet.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One site: a network with one ngrok agent, or a redundant pair. */
@Group("clinicnet.dev")
@Version("v1alpha1")
@ShortNames("cl")
public class Clinic extends CustomResource<ClinicSpec, ClinicStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
