package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which client certificates the public endpoint asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MutualTLS(
    @JsonPropertyDescription(
            "Where the certificates of the authorities (CAs) stand, PEM, whose client certificates"
                + " are trusted. At most 8. The list is atomic: one manager owns all of it.")
        @Required
        @Size(min = 1, max = 8)
        List<KeySource> caBundles,
    @JsonPropertyDescription(
            "RequireAndVerify: a client needs a certificate of one of these CAs. RequireAny: any"
                + " certificate, which is not verified. Request: a certificate is asked for, and a"
                + " client without one is let in. Default: RequireAndVerify.")
        @Default("RequireAndVerify")
        Verification verification) {

  /** How a client's certificate is verified. */
  public enum Verification {
    RequireAndVerify,
    RequireAny,
    Request
  }

  public MutualTLS {
    caBundles = caBundles == null ? List.of() : List.copyOf(caBundles);
    verification = verification == null ? Verification.RequireAndVerify : verification;
  }
}
