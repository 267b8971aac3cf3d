package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** A public HTTPS endpoint. Empty {@code paths} admit every path. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HTTPSExposure(String host, List<String> paths) {

  public HTTPSExposure {
    paths = paths == null ? List.of() : List.copyOf(paths);
  }
}
