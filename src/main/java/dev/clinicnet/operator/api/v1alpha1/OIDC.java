package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * A login with an OpenID provider; if both lists are empty, everybody whom it knows may come in.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OIDC(
    @JsonPropertyDescription(
            "The issuer, which publishes /.well-known/openid-configuration below it.")
        @Required
        @Size(max = 512)
        @ValidationRule(
            value = Access.HTTPS_URL,
            messageExpression = Access.HTTPS_URL_WORDS,
            message = Access.HTTPS_URL_MESSAGE)
        @ValidationRule(value = Access.PUBLIC_URL, message = Access.PUBLIC_URL_MESSAGE)
        String issuerURL,
    @JsonPropertyDescription("The client id of your application at the provider.")
        @Required
        @Size(min = 1, max = 256)
        @ValidationRule(value = Access.NO_TEMPLATE, message = Access.NO_TEMPLATE_MESSAGE)
        String clientID,
    @JsonPropertyDescription(
            "Where the client secret is. The operator copies it into a vault at ngrok, and"
                + " nowhere else.")
        @Required
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

  public OIDC {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
    allowedEmailDomains =
        allowedEmailDomains == null ? List.of() : List.copyOf(allowedEmailDomains);
    allowedEmails = allowedEmails == null ? List.of() : List.copyOf(allowedEmails);
  }
}
