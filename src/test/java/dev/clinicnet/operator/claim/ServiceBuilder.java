package dev.clinicnet.operator.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.AgentTermination;
import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicRef;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.HTTPSExposure;
import dev.clinicnet.operator.api.v1alpha1.InternalLock;
import dev.clinicnet.operator.api.v1alpha1.OnDemand;
import dev.clinicnet.operator.api.v1alpha1.PolicyRules;
import dev.clinicnet.operator.api.v1alpha1.TCPExposure;
import dev.clinicnet.operator.api.v1alpha1.TLSExposure;
import dev.clinicnet.operator.api.v1alpha1.Upstream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A ClinicService for a test; of Clinic {@code clinic1}, with an http upstream. */
public final class ServiceBuilder extends ObjectBuilder<ServiceBuilder> {
  private String clinic = "clinic1";
  private String upstream = "http://192.168.1.100:8080";
  private String internalURL;
  private Expose expose;
  private Availability availability;
  private OnDemand onDemand;
  private Access access;
  private PolicyRules rules;
  private InternalLock lock;
  private ClinicServiceStatus status;

  private ServiceBuilder(String name) {
    super(name, "2026-01-01T00:00:00Z");
  }

  @Override
  protected ServiceBuilder self() {
    return this;
  }

  public static ServiceBuilder service(String name) {
    return new ServiceBuilder(name);
  }

  public ServiceBuilder clinic(String name) {
    clinic = name;
    return this;
  }

  public ServiceBuilder upstream(String url) {
    upstream = url;
    return this;
  }

  public ServiceBuilder internalURL(String url) {
    internalURL = url;
    return this;
  }

  public ServiceBuilder https(String host, String... paths) {
    expose = new Expose(new HTTPSExposure(host, List.of(paths)), null, null);
    return this;
  }

  public ServiceBuilder tcp() {
    return tcp("us", null);
  }

  public ServiceBuilder tcp(String region, String address) {
    upstream = "tcp://192.168.1.101:5432";
    expose = new Expose(null, new TCPExposure(region, address), null);
    return this;
  }

  public ServiceBuilder tls(String host) {
    return tls(host, null);
  }

  public ServiceBuilder tls(String host, AgentTermination termination) {
    upstream = "tcp://192.168.1.101:5432";
    expose = new Expose(null, null, new TLSExposure(host, termination));
    return this;
  }

  public ServiceBuilder onDemand() {
    availability = Availability.OnDemand;
    return this;
  }

  /** What sessions may be like. */
  public ServiceBuilder onDemand(OnDemand sessions) {
    onDemand = sessions;
    return onDemand();
  }

  public ServiceBuilder allow(String... cidrs) {
    return access(
        Stream.of(cidrs)
            .map(cidr -> "'" + cidr + "'")
            .collect(Collectors.joining(", ", "allowCIDRs: [", "]")));
  }

  /** What {@code spec.access} holds, as YAML. */
  public ServiceBuilder access(String yaml) {
    access = read(yaml, Access.class);
    return this;
  }

  /** What {@code spec.trafficPolicy} holds, as YAML. */
  public ServiceBuilder trafficPolicy(String yaml) {
    rules = read(yaml, PolicyRules.class);
    return this;
  }

  /** With {@code spec.internalLock: Enabled}. */
  public ServiceBuilder locked() {
    lock = InternalLock.Enabled;
    return this;
  }

  public ServiceBuilder status(ClinicServiceStatus last) {
    status = last;
    return this;
  }

  public ClinicService build() {
    ClinicService service = new ClinicService();
    service.setMetadata(metadata());
    service.setSpec(
        new ClinicServiceSpec(
            new ClinicRef(clinic),
            new Upstream(upstream, null),
            internalURL,
            expose,
            availability,
            onDemand,
            access,
            rules,
            lock));
    service.setStatus(status);
    return service;
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return new YAMLMapper().readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
