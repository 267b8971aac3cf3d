package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** How a service is reached from outside: exactly one of its members is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Expose(HTTPSExposure https, TCPExposure tcp) {}
