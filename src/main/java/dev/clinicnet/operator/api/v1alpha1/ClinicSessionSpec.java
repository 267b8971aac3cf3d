package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The request of a user: a service, a duration and a reason. A null reason means none. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self == oldSelf",
    message =
        "is immutable: to go on for longer, create another ClinicSession; to end it now, delete it")
public record ClinicSessionSpec(
    @JsonPropertyDescription(
            "The ClinicService, in the same namespace, with spec.availability: OnDemand.")
        @Required
        ServiceRef serviceRef,
    @JsonPropertyDescription(
            "How long the service is open. The time begins when the session is accepted."
                + " Write it as numbers with the units h, m and s: 1h, 30m. From 1s to the"
                + " service's spec.onDemand.maxDuration. Default: 1h.")
        @Default("1h")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.matches(r'^"
                    + Syntax.DURATION
                    + "$') && "
                    + Syntax.READABLE
                    + " && duration(self) >= duration('1s') && duration(self) <= duration('168h')",
            messageExpression =
                "self.matches(r'^"
                    + Syntax.DURATION
                    + "$') ? 'must be from 1s to 168h (one week): write for example 1h' : 'must be"
                    + " numbers with the units h, m and s, since a day has no unit: write for"
                    + " example 1h or 1h30m; one day is 24h'",
            message =
                "must be numbers with the units h, m and s, from 1s to 168h (one week): write for"
                    + " example 1h or 1h30m; one day is 24h")
        String duration,
    @JsonPropertyDescription(
            "Why the service is opened, for the record, for example 'ticket 4711': one line"
                + " of 1 to 256 characters. Absent: there is no reason. A service may refuse such a"
                + " session.")
        @Size(max = 256)
        @ValidationRule(
            value = "!self.matches(r'[\\x00-\\x1f\\x7f]') && self.matches(r'[^ ]')",
            message = "must be one line that is not blank: write for example 'ticket 4711'")
        String reason) {

  public ClinicSessionSpec {
    duration = duration == null ? "1h" : duration;
  }
}
