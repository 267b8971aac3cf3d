package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The Secret of the site kit. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SiteKit(
    @JsonPropertyDescription(
            "The Secret, in the Clinic's namespace, that holds authtoken, ngrok.yml,"
                + " README.txt and HELP.txt. If a Secret of that name exists and is not the"
                + " operator's, the operator does not touch it. Absent: <metadata.name>-site-kit.")
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.LABEL + "(\\." + Syntax.LABEL + ")*$')",
            message =
                "must be a Secret's name (a-z, 0-9, '-' and '.', beginning and ending with a"
                    + " letter or digit): write for example clinic1-site-kit")
        String secretName) {}
