package dev.clinicnet.operator.api.externaldns;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** DNS records that external-dns is asked to keep. */
@Group("externaldns.k8s.io")
@Version("v1alpha1")
public class DNSEndpoint extends CustomResource<DNSEndpointSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
