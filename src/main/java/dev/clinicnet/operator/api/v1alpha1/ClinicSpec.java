package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ListMap;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The desired state of one site. Null members mean their default. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.accountRef) ? self.accountRef.name : 'default') == "
            + "(has(oldSelf.accountRef) ? oldSelf.accountRef.name : 'default')",
    fieldPath = ".accountRef",
    message =
        "is immutable, because names and tokens cannot move between ngrok accounts: put the old"
            + " value back, or create a new Clinic with another name in the other account, install"
            + " its site kit, and delete this one (docs/accounts.md has each step)")
@ValidationRule(
    value =
        "(has(self.agent) && has(self.agent.api) && !self.agent.api.host.matches(r'^"
            + Syntax.HOST
            + "$')) || "
            + "!has(self.agent) || !has(self.agent.api) || (has(self.domains) && self.domains.exists(d,"
            + " d.name == self.agent.api.host || (d.name.startsWith('*.')"
            + " && d.name.substring(1)"
            + " == self.agent.api.host.substring(self.agent.api.host.indexOf('.')))))",
    fieldPath = ".agent.api.host",
    message =
        "must be one of spec.domains, or exactly one label below a wildcard among them: add its"
            + " domain to spec.domains, or correct the host")
public record ClinicSpec(
    @JsonPropertyDescription(
            "The NgrokAccount in which this site has its names, its tokens and its endpoints."
                + " Immutable. Absent: the NgrokAccount 'default', which is the account of the"
                + " operator's own API key.")
        AccountRef accountRef,
    @JsonPropertyDescription(
            "The site's name for people, for example 'Lakeside Family Practice'. It appears in"
                + " descriptions at ngrok and in the site kit's README. Absent: metadata.name.")
        @Size(min = 1, max = 100)
        @ValidationRule(
            value = "!self.contains('${') && !self.matches(r'[\\x00-\\x1f\\x7f]')",
            message =
                "must be one line without '${', which ngrok would take for an expression: write"
                    + " plain text")
        String displayName,
    @JsonPropertyDescription(
            "The domain under which this site's agent binds its internal endpoints:"
                + " rest-api.clinic1.internal is service rest-api under clinic1.internal. 2 to 4"
                + " labels, the last one 'internal'. No Clinic of the same ngrok account may have"
                + " an internal domain that equals, contains or lies under this one, in any"
                + " namespace. Immutable. Absent: <metadata.name>.internal.")
        @Size(max = 189)
        @ValidationRule(
            value = "self.matches(r'^(" + Syntax.LABEL + "\\.){1,3}internal$')",
            message =
                "must be 2 to 4 lower-case DNS labels (a-z, 0-9, '-'; at most 63 characters each)"
                    + " of which the last is 'internal': write for example clinic1.internal")
        String internalDomain,
    @JsonPropertyDescription(
            "The domains that this site uses at ngrok: the operator reserves each one that"
                + " the account does not hold. The hosts of its ClinicServices must be one of them,"
                + " or exactly one label below a wildcard among them. The DNS records that your"
                + " team must create are in status.dnsRecords. At most 20; no name twice. Absent:"
                + " none.")
        @Size(max = 20)
        @ListMap(key = "name")
        @MayBeEmptied
        List<ClinicDomain> domains,
    @JsonPropertyDescription(
            "How the site's agent connects, and which site kit and authtoken it gets. Absent:"
                + " one agent, which connects to ngrok's own address.")
        @MayBeEmptied
        ClinicAgent agent,
    @JsonPropertyDescription(
            "What happens at ngrok when this Clinic is deleted. Delete: the operator removes"
                + " what it made for the Clinic, in order. Retain: everything at ngrok keeps"
                + " working, and the Secret with the site kit stays. Default: Delete.")
        @Default("Delete")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "What happens when somebody changes at ngrok what the manifests say. Correct: the"
                + " operator corrects it. Report: the operator reports it in the conditions, and"
                + " does not correct it. Default: Correct.")
        @Default("Correct")
        DriftPolicy driftPolicy,
    @JsonPropertyDescription(
            "true: the operator observes and reports, and changes nothing at ngrok for this"
                + " Clinic and its services. The operator still deletes objects and closes"
                + " sessions. Default: false.")
        @Default("false")
        boolean suspend) {

  /** The spec of a manifest that sets nothing. */
  public static final ClinicSpec EMPTY =
      new ClinicSpec(null, null, null, null, null, null, null, false);

  public ClinicSpec {
    domains = domains == null ? List.of() : List.copyOf(domains);
    agent = agent == null ? ClinicAgent.DEFAULT : agent;
    deletionPolicy = deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
    driftPolicy = driftPolicy == null ? DriftPolicy.Correct : driftPolicy;
  }

  /** The same spec with other domains and another agent. */
  public ClinicSpec with(List<ClinicDomain> otherDomains, ClinicAgent otherAgent) {
    return new ClinicSpec(
        accountRef,
        displayName,
        internalDomain,
        otherDomains,
        otherAgent,
        deletionPolicy,
        driftPolicy,
        suspend);
  }

  /** The name of the account, {@link NgrokAccount#DEFAULT} if the manifest names none. */
  public String account() {
    return accountRef == null || accountRef.name() == null
        ? NgrokAccount.DEFAULT
        : accountRef.name();
  }
}
