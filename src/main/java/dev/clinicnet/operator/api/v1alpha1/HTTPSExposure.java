package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A public HTTPS endpoint. Empty {@code paths} admit every path. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HTTPSExposure(
    @JsonPropertyDescription(
            "The public host, for example clinic1.api.clinicnet.com. It must be one of the"
                + " Clinic's spec.domains, or exactly one label below a wildcard among them, and"
                + " no other service may hold it.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + "$')",
            messageExpression =
                Syntax.IF_LETTERS
                    + Syntax.PUNYCODE
                    + Syntax.ELSE
                    + Syntax.HOST_MESSAGE
                    + "clinic1.api.clinicnet.com"
                    + Syntax.END,
            message = Syntax.HOST_MESSAGE + "clinic1.api.clinicnet.com")
        @ValidationRule(
            value = "!self.endsWith('.internal')",
            message =
                "must be a public host: for an internal name set spec.internalURL and leave"
                    + " spec.expose out")
        String host,
    @JsonPropertyDescription(
            "The paths that are admitted. All other paths are denied. Paths are compared by"
                + " whole elements: /api admits /api and /api/..., and not /apiadmin, so no '*' is"
                + " needed. At most 32 of at most 256 characters. The list is atomic: one field"
                + " manager owns the whole list. Absent or empty: every path.")
        @Size(max = 32)
        @ItemRule(
            value = "self.startsWith('/')",
            message = "must begin with '/': write for example /api")
        @ItemRule(
            value =
                "!self.startsWith('/') || self == '/' || (!self.endsWith('/')"
                    + " && !self.contains('//'))",
            message =
                "must not end in '/' or hold '//': leave the extra '/' out; /api covers /api/ and"
                    + " everything below")
        @ItemRule(
            value = "!self.startsWith('/') || !self.contains('..') && !self.matches(r'/\\.(/|$)')",
            message = "must hold neither '..' nor the element '.': write the path that is meant")
        @ItemRule(
            value = "!self.startsWith('/') || self.matches(r'^[-a-zA-Z0-9/._~:@!&+,=]*$')",
            message =
                "may hold letters, digits and -/._~:@!&+,= only: write the decoded path without"
                    + " wildcard, '%', '$', quotes or blanks")
        List<@Size(max = 256) String> paths) {

  public HTTPSExposure {
    paths = paths == null ? List.of() : List.copyOf(paths);
  }
}
