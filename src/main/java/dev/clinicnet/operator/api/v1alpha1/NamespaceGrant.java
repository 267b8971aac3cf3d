package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What the selected namespaces may hold. Null members mean their default. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespaceGrant(
    @JsonPropertyDescription("The name of this grant, for people, for example the team's name.")
        @Required
        @Size(max = 63)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.LABEL + "$')",
            message =
                "must be one DNS label (a-z, 0-9, '-'; at most 63 characters): write for example"
                    + " team-lakeside")
        String name,
    @JsonPropertyDescription("Which namespaces this grant is for.") @Required
        NamespaceSelection namespaces,
    @JsonPropertyDescription(
            "Domains that Clinics may list under spec.domains, for themselves or as shared. Name"
                + " patterns: '*.a.com' is that wildcard itself and no host below it; 'site-*.a.com'"
                + " is any host that begins so; '**.a.com' is every host and wildcard below a.com,"
                + " and '**' every name; '{namespace}' stands for the namespace's name. At most 32."
                + " Absent: none.")
        @Size(max = 32)
        @ItemRule(
            value = Syntax.NAME_PATTERN_RULE,
            messageExpression = Syntax.NAME_PATTERN_WORDS,
            message = Syntax.NAME_PATTERN_MESSAGE)
        List<@Size(max = 253) String> domains,
    @JsonPropertyDescription(
            "Domains that Clinics may list under spec.domains with 'shared: true' only. Name"
                + " patterns as in domains. At most 32. Absent: none.")
        @Size(max = 32)
        @ItemRule(
            value = Syntax.NAME_PATTERN_RULE,
            messageExpression = Syntax.NAME_PATTERN_WORDS,
            message = Syntax.NAME_PATTERN_MESSAGE)
        List<@Size(max = 253) String> sharedDomains,
    @JsonPropertyDescription(
            "Hosts that may be used under domains that Clinics list as shared. Name patterns:"
                + " '*.a.com' is any host one label below a.com; '{namespace}.a.com' is one host per"
                + " namespace. At most 32. Absent: none.")
        @Size(max = 32)
        @ItemRule(
            value = Syntax.NAME_PATTERN_RULE,
            messageExpression = Syntax.NAME_PATTERN_WORDS,
            message = Syntax.NAME_PATTERN_MESSAGE)
        List<@Size(max = 253) String> sharedHosts,
    @JsonPropertyDescription(
            "Internal domains that Clinics may have. Name patterns: '*.internal' is any one of two"
                + " labels; '*.{namespace}.internal' is any one below the namespace's own. At most"
                + " 32. Absent: none, so that this grant alone admits no Clinic.")
        @Size(max = 32)
        @ItemRule(
            value = Syntax.NAME_PATTERN_RULE,
            messageExpression = Syntax.NAME_PATTERN_WORDS,
            message = Syntax.NAME_PATTERN_MESSAGE)
        List<@Size(max = 253) String> internalDomains,
    @JsonPropertyDescription("TCP addresses that services may have. Absent: none.") @MayBeEmptied
        AddressGrant addresses,
    @JsonPropertyDescription(
            "Ids of IP policies that services may name under spec.access.ipPolicyIDs. At most 32."
                + " Absent: none.")
        @Size(max = 32)
        @ItemRule(
            value = "self.matches(r'^ipp_[A-Za-z0-9]+$')",
            message = "must be the id of an IP policy at ngrok: write ipp_ and what follows it")
        List<@Size(max = 64) String> ipPolicyIDs,
    @JsonPropertyDescription(
            "true: services may have raw rules under spec.trafficPolicy. Default: false.")
        @Default("false")
        boolean trafficPolicy,
    @JsonPropertyDescription(
            "Objects at ngrok without a mark of the operator that may be adopted. Absent:"
                + " none.")
        @MayBeEmptied
        AdoptionGrant adoption,
    @JsonPropertyDescription(
            "How many Clinics each selected namespace may have. The oldest ones count first. Of"
                + " several grants for one namespace the highest number counts. Absent: no limit"
                + " from this grant.")
        @Min(0)
        Integer maxClinics,
    @JsonPropertyDescription(
            "How many ClinicServices each selected namespace may have. The oldest ones count"
                + " first. Of several grants for one namespace the highest number counts. Absent:"
                + " no limit from this grant.")
        @Min(0)
        Integer maxServices) {

  public NamespaceGrant {
    domains = domains == null ? List.of() : List.copyOf(domains);
    sharedDomains = sharedDomains == null ? List.of() : List.copyOf(sharedDomains);
    sharedHosts = sharedHosts == null ? List.of() : List.copyOf(sharedHosts);
    internalDomains = internalDomains == null ? List.of() : List.copyOf(internalDomains);
    addresses = addresses == null ? AddressGrant.NONE : addresses;
    ipPolicyIDs = ipPolicyIDs == null ? List.of() : List.copyOf(ipPolicyIDs);
    adoption = adoption == null ? AdoptionGrant.NONE : adoption;
  }
}
