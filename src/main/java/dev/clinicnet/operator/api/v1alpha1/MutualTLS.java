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
            "The objects with the PEM certificates of the authorities (CAs) whose client"
                + " certificates are trusted. At most 8. The list is atomic: one field manager owns"
                + " the whole list.")
        @Required
        @Size(min = 1, max = 8)
        List<KeySource> caBundles,
    @JsonPropertyDescription(
            "RequireAndVerify: a client needs a certificate of one of these CAs. RequireAny:"
                + " a client needs any certificate, which is not verified. Request: the server asks"
                + " for a certificate, and also admits clients without one. Default:"
                + " RequireAndVerify.")
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
