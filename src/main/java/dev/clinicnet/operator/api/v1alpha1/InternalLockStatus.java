package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import java.util.Optional;

/**
 * The secret of the internal lock that the public endpoint sends, without its value. {@code sends}
 * is the SHA-256 of the value in hexadecimal: the value has 256 random bits, so nobody can guess it
 * from that. The agent's endpoint compares with the same text.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record InternalLockStatus(
    @JsonPropertyDescription(
            "Which secret the public endpoint adds to each request that it forwards: the SHA-256"
                + " of the random value. The site kit names the same.")
        String sends,
    @JsonPropertyDescription(
            "Since when the published site kit no longer demands the secret, because"
                + " spec.internalLock is off. The public endpoint sends it until a later list of"
                + " ngrok's endpoints shows that no agent demands it. Absent while the lock is on.")
        @Format("date-time")
        String offSince) {

  /** The secret of a lock that is on. */
  public InternalLockStatus(String sends) {
    this(sends, null);
  }

  /** Which secret the public endpoint of a service sends; empty if it sends none. */
  public static Optional<String> sentBy(ClinicService service) {
    return Optional.ofNullable(ClinicServiceStatus.of(service).internalLock())
        .map(InternalLockStatus::sends);
  }
}
