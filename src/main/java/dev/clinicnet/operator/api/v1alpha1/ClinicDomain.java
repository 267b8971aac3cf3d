package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A domain to reserve at ngrok: a host, or a wildcard as the whole first label. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicDomain(
    @JsonPropertyDescription(
            "A host such as dashboard.clinic1.com, or a wildcard such as *.api.clinicnet.com. A"
                + " wildcard covers exactly one label below it, and not the name after '*.'.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^(\\*\\.)?" + Syntax.HOST + "$')",
            messageExpression =
                Syntax.IF_LETTERS
                    + Syntax.PUNYCODE
                    + Syntax.ELSE
                    + ClinicDomain.MESSAGE
                    + Syntax.END,
            message = ClinicDomain.MESSAGE)
        @ValidationRule(
            value = "!self.endsWith('.internal')",
            message =
                "must not end in '.internal', which nobody can reserve: the site's internal names"
                    + " come from spec.internalDomain")
        String name,
    @JsonPropertyDescription(
            "true: many Clinics may list the domain. The operator reserves it if it is"
                + " absent, and never releases it. false: it belongs to this Clinic alone, and is"
                + " released with the Clinic. Default: false.")
        @Default("false")
        boolean shared) {

  private static final String MESSAGE =
      "must be a lower-case host of at least 2 labels, without scheme, port or trailing dot, and"
          + " with '*' only as the whole first label: write for example dashboard.clinic1.com or"
          + " *.api.clinicnet.com";
}
