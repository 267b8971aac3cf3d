package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import dev.clinicnet.operator.api.schema.OneOf;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * A login with an OAuth provider; if both lists are empty, everybody who can log in may come in.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.clientID) == has(self.clientSecretRef)",
    fieldPath = ".clientSecretRef",
    message =
        "goes together with clientID: set both for a client of your own, or neither for ngrok's")
@ValidationRule(
    value =
        "has(self.clientSecretRef) || has(self.clientID)"
            + " || !(self.provider in ['amazon', 'facebook'])",
    fieldPath = ".clientID",
    message =
        "is needed for this provider, because ngrok has no client of its own there: set clientID"
            + " and clientSecretRef")
public record OAuth(
    @JsonPropertyDescription(
            "The provider: amazon, facebook, github, gitlab, google, linkedin, microsoft or"
                + " twitch.")
        @Required
        @OneOf({
          "amazon",
          "facebook",
          "github",
          "gitlab",
          "google",
          "linkedin",
          "microsoft",
          "twitch"
        })
        String provider,
    @JsonPropertyDescription(
            "The client id of your own application at the provider. Absent: ngrok's own"
                + " application, which is meant only for tests.")
        @Size(min = 1, max = 256)
        @ValidationRule(value = Access.NO_TEMPLATE, message = Access.NO_TEMPLATE_MESSAGE)
        String clientID,
    @JsonPropertyDescription(
            "Where the client secret is. The operator copies it into a vault at ngrok, and"
                + " nowhere else.")
        KeyRef clientSecretRef,
    @JsonPropertyDescription(
            "Scopes to ask the provider for. At most 16. Absent or empty: those that ngrok needs.")
        @Size(max = 16)
        @ItemRule(value = Access.SCOPE, message = Access.SCOPE_MESSAGE)
        List<@Size(max = 128) String> scopes,
    @JsonPropertyDescription(
            "E-mail domains whose users are admitted, for example clinicnet.com. At most 64."
                + " The list is atomic: one field manager owns the whole list. With allowedEmails,"
                + " an entry in one of the two lists is enough. If both are empty, every user of"
                + " the provider is admitted.")
        @Size(max = 64)
        @ItemRule(
            value = Access.EMAIL_DOMAIN,
            messageExpression = Access.EMAIL_DOMAIN_WORDS,
            message = Access.EMAIL_DOMAIN_MESSAGE)
        List<@Size(max = 253) String> allowedEmailDomains,
    @JsonPropertyDescription(
            "E-mail addresses of users who are admitted. At most 64. The list is atomic: one"
                + " field manager owns the whole list.")
        @Size(max = 64)
        @ItemRule(
            value = Access.EMAIL,
            messageExpression = Access.EMAIL_WORDS,
            message = Access.EMAIL_MESSAGE)
        List<@Size(max = 254) String> allowedEmails) {

  public OAuth {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
    allowedEmailDomains =
        allowedEmailDomains == null ? List.of() : List.copyOf(allowedEmailDomains);
    allowedEmails = allowedEmails == null ? List.of() : List.copyOf(allowedEmails);
  }
}
