package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** User names and passwords. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BasicAuth(
    @JsonPropertyDescription(
            "The Secret of the users, at most 10: each key is a user name, and its value is"
                + " the password of 8 to 128 characters. The operator copies the passwords into a"
                + " vault at ngrok, and nowhere else.")
        @Required
        SecretRef secretRef,
    @JsonPropertyDescription(
            "The text that the browser shows when it asks for the password. Default: ngrok.")
        @Default("ngrok")
        @Size(min = 1, max = 128)
        @ValidationRule(value = Access.NO_TEMPLATE, message = Access.NO_TEMPLATE_MESSAGE)
        String realm) {

  public BasicAuth {
    realm = realm == null ? "ngrok" : realm;
  }
}
