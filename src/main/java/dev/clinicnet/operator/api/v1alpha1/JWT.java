package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import dev.clinicnet.operator.api.schema.OneOf;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A signed token that every request must carry. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JWT(
    @JsonPropertyDescription(
            "The accepted issuers of the token: values of its iss claim. At most 16.")
        @Required
        @Size(min = 1, max = 16)
        @ItemRule(
            value = Access.HTTPS_URL,
            messageExpression = Access.HTTPS_URL_WORDS,
            message = Access.HTTPS_URL_MESSAGE)
        List<@Size(max = 512) String> allowedIssuers,
    @JsonPropertyDescription(
            "The accepted audiences of the token: values of its aud claim. At most 16. Absent"
                + " or empty: a token for any application of the issuer is accepted.")
        @Size(max = 16)
        @ItemRule(value = Access.NO_TEMPLATE, message = Access.NO_TEMPLATE_MESSAGE)
        List<@Size(min = 1, max = 512) String> allowedAudiences,
    @JsonPropertyDescription(
            "Where the issuers publish their keys, as JSON Web Key Sets. At most 16.")
        @Required
        @Size(min = 1, max = 16)
        @ItemRule(
            value = Access.HTTPS_URL,
            messageExpression = Access.HTTPS_URL_WORDS,
            message = Access.HTTPS_URL_MESSAGE)
        @ItemRule(value = Access.PUBLIC_URL, message = Access.PUBLIC_URL_MESSAGE)
        List<@Size(max = 512) String> jwksURLs,
    @JsonPropertyDescription("The signature algorithms that are accepted. At most 9.")
        @Required
        @Size(min = 1, max = 9)
        @ItemRule(
            value =
                "self in ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256',"
                    + " 'ES384', 'ES512']",
            message =
                "must be an algorithm with a public key: write RS256, RS384, RS512, PS256, PS384,"
                    + " PS512, ES256, ES384 or ES512")
        List<@Size(max = 5) String> algorithms,
    @JsonPropertyDescription(
            "The header that carries the token. Default: Authorization. In that header"
                + " 'Bearer ' must precede the token. In other headers there is no prefix.")
        @Default("Authorization")
        @Size(max = 64)
        @ValidationRule(
            value = "self.matches(r'^[A-Za-z0-9][-A-Za-z0-9]*$')",
            message = "must be the name of a header: write for example X-Clinic-Token")
        String header,
    @JsonPropertyDescription("The kind of token: jwt, access_token or id_token. Default: jwt.")
        @Default("jwt")
        @OneOf({"jwt", "access_token", "id_token"})
        String type) {

  private static final String AUTHORIZATION = "Authorization";

  public JWT {
    allowedIssuers = allowedIssuers == null ? List.of() : List.copyOf(allowedIssuers);
    allowedAudiences = allowedAudiences == null ? List.of() : List.copyOf(allowedAudiences);
    jwksURLs = jwksURLs == null ? List.of() : List.copyOf(jwksURLs);
    algorithms = algorithms == null ? List.of() : List.copyOf(algorithms);
    header = header == null ? AUTHORIZATION : header;
    type = type == null ? "jwt" : type;
  }
}
