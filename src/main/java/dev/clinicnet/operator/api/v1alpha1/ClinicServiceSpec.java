package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The desired state of one service. A null {@code expose} means internal only. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!"
            + Upstream.HAS_SCHEME
            + " || (has(self.internalURL) && !"
            + ClinicServiceSpec.INTERNAL_HAS_SCHEME
            + ") || !has(self.internalURL) || self.internalURL.startsWith('http')"
            + " == self.upstream.url.startsWith('http')",
    fieldPath = ".internalURL",
    message =
        "must be http or https exactly when spec.upstream.url is, because the agent does not turn"
            + " one protocol into the other: change its scheme, or leave it out")
@ValidationRule(
    value =
        ClinicServiceSpec.REFUSED_BEFORE
            + " || (!has(self.expose) || !has(self.expose.https)"
            + " || (has(self.internalURL) ? self.internalURL : self.upstream.url)"
            + ".startsWith('http'))",
    fieldPath = ".expose.https",
    message =
        "needs an internal endpoint of scheme http or https: use an http or https"
            + " spec.upstream.url, or expose the service as tcp")
@ValidationRule(
    value =
        ClinicServiceSpec.REFUSED_BEFORE
            + " || (!has(self.expose) || !has(self.expose.tcp) || (has(self.internalURL)"
            + " ? self.internalURL.startsWith('tcp') : !self.upstream.url.startsWith('http')))",
    fieldPath = ".expose.tcp",
    message =
        "needs an internal endpoint of scheme tcp: use a tcp spec.upstream.url and a tcp"
            + " spec.internalURL (or none), or expose the service as https")
@ValidationRule(
    value =
        ClinicServiceSpec.REFUSED_BEFORE
            + " || !has(self.expose) || !has(self.expose.tls) || (!self.upstream.url.startsWith('http')"
            + " && (!has(self.internalURL) || self.internalURL.startsWith('tls')))",
    fieldPath = ".expose.tls",
    message =
        "needs an internal endpoint of scheme tls: use a tcp or tls spec.upstream.url and a tls"
            + " spec.internalURL (or none), or expose the service as https")
@ValidationRule(
    value = "!has(self.availability) || self.availability == 'Always' || has(self.expose)",
    fieldPath = ".availability",
    message =
        "OnDemand needs spec.expose, because a session opens the public endpoint: add spec.expose,"
            + " or use Always")
@ValidationRule(
    value = "!has(self.onDemand) || (has(self.availability) && self.availability == 'OnDemand')",
    fieldPath = ".onDemand",
    message =
        "needs spec.availability: OnDemand, because it is about sessions: set that, or remove"
            + " spec.onDemand")
@ValidationRule(
    value =
        "!has(self.onDemand) || !has(self.onDemand.via) || self.onDemand.via != 'AgentAPI'"
            + " || !has(self.expose) || !has(self.expose.tls)"
            + " || !has(self.expose.tls.agentTermination)",
    fieldPath = ".onDemand.via",
    message =
        "AgentAPI cannot be used with spec.expose.tls.agentTermination, because the agent ends TLS"
            + " for endpoints of its file only: use CloudEndpoint, or end TLS at the upstream")
@ValidationRule(
    value = "!has(self.access) || has(self.expose)",
    fieldPath = ".access",
    message =
        "needs spec.expose, because it guards the public endpoint: add spec.expose, or remove"
            + " spec.access")
@ValidationRule(
    value =
        "!has(self.expose) || !has(self.access) || (has(self.expose) && has(self.expose.https)) ||"
            + " !("
            + Access.NEEDS_HTTPS
            + ")",
    fieldPath = ".access",
    message =
        "has a field that needs spec.expose.https, because ngrok sees no requests in other"
            + " protocols: use "
            + Access.WITHOUT_HTTPS
            + " only, or expose the service as https")
@ValidationRule(
    value = "!has(self.trafficPolicy) || has(self.expose)",
    fieldPath = ".trafficPolicy",
    message =
        "needs spec.expose, because it is part of the public endpoint: add spec.expose, or remove"
            + " spec.trafficPolicy")
@ValidationRule(
    value =
        "!has(self.expose) || !has(self.trafficPolicy)"
            + " || (has(self.expose) && has(self.expose.https)) ||"
            + " !(has(self.trafficPolicy.on_http_request) ||"
            + " has(self.trafficPolicy.on_http_response))",
    fieldPath = ".trafficPolicy",
    message =
        "has a phase that needs spec.expose.https, because ngrok sees no requests in other"
            + " protocols: use on_tcp_connect only, or expose the service as https")
@ValidationRule(
    value =
        ClinicServiceSpec.NOT_LOCKED
            + " || (has(self.expose) && (has(self.expose.https) || has(self.expose.tcp)"
            + " || has(self.expose.tls)))",
    fieldPath = ".internalLock",
    message =
        "Enabled needs spec.expose.https or spec.expose.tls, because without a public endpoint"
            + " nobody could open the lock: add spec.expose, or remove spec.internalLock")
@ValidationRule(
    value = ClinicServiceSpec.NOT_LOCKED + " || !has(self.expose) || !has(self.expose.tcp)",
    fieldPath = ".internalLock",
    message =
        "cannot be Enabled with spec.expose.tcp, because the agent can check nothing in bytes that"
            + " it only passes on: expose the service as tls with agentTermination.clientCARef, or"
            + " remove spec.internalLock and let the upstream check who connects")
@ValidationRule(
    value =
        ClinicServiceSpec.NOT_LOCKED
            + " || !has(self.expose) || !has(self.expose.tls)"
            + " || (has(self.expose.tls.agentTermination)"
            + " && has(self.expose.tls.agentTermination.clientCARef))",
    fieldPath = ".internalLock",
    message =
        "Enabled with spec.expose.tls needs agentTermination.clientCARef, because the lock is that"
            + " the agent demands client certificates: add it, or remove spec.internalLock and let"
            + " the upstream demand them")
@ValidationRule(
    value =
        ClinicServiceSpec.NOT_LOCKED
            + " || !has(self.onDemand) || !has(self.onDemand.via) || self.onDemand.via != 'AgentAPI'",
    fieldPath = ".internalLock",
    message =
        "cannot be Enabled with spec.onDemand.via: AgentAPI, because such an endpoint is not in the"
            + " site kit: use CloudEndpoint, or remove spec.internalLock")
public record ClinicServiceSpec(
    @JsonPropertyDescription("The Clinic, in the same namespace, that the service belongs to.")
        @Required
        ClinicRef clinicRef,
    @JsonPropertyDescription("The server to which the site's agent forwards.") @Required
        Upstream upstream,
    @JsonPropertyDescription(
            "The internal endpoint that the agent binds, which only this ngrok account can"
                + " reach: an http, https, tcp or tls URL whose host lies under the Clinic's"
                + " spec.internalDomain and has at most 5 labels; tcp needs a port. For an http or"
                + " https upstream the scheme must be http or https. For other upstreams it must be"
                + " tcp or tls. Absent: https://<metadata.name>.<internalDomain> for an http or"
                + " https upstream, tls:// when spec.expose.tls is set, else tcp:// with the"
                + " upstream's port.")
        @Size(max = 267)
        @ValidationRule(
            value =
                "self.matches(r'^(http|https|tcp|tls)://("
                    + Syntax.LABEL
                    + "\\.){2,4}internal(:"
                    + Syntax.PORT
                    + ")?$')",
            message =
                "must be scheme://host[:port] with the scheme http, https, tcp or tls, a"
                    + " lower-case host of 3 to 5 labels that ends in '.internal', and nothing"
                    + " after it: write for example https://rest-api.clinic1.internal")
        @ValidationRule(
            value = "!self.startsWith('tcp://') || self.matches(r':[0-9]+$')",
            message =
                "needs a port, because the scheme is tcp: write for example"
                    + " tcp://patient-db.clinic1.internal:5432")
        String internalURL,
    @JsonPropertyDescription(
            "How the service is reached from outside: exactly one of https, tcp and tls."
                + " Absent: clients outside cannot reach it. Other endpoints of the account can"
                + " still forward to it.")
        Expose expose,
    @JsonPropertyDescription(
            "When the public endpoint exists. Always: all the time. OnDemand: only while a"
                + " session is open; needs spec.expose. Default: Always.")
        @Default("Always")
        Availability availability,
    @JsonPropertyDescription(
            "The limits for sessions; needs spec.availability: OnDemand. Absent: a session"
                + " may take up to 8 hours, needs no reason, and opens only the public endpoint.")
        @MayBeEmptied
        OnDemand onDemand,
    @JsonPropertyDescription(
            "Who may reach the public endpoint; needs spec.expose. Absent: any address.")
        @MayBeEmptied
        Access access,
    @JsonPropertyDescription(
            "Rules of ngrok's traffic policy, which run after everything in spec.access and"
                + " before the request is forwarded; needs spec.expose. The operator compares them"
                + " with ngrok's documentation. A forward-internal has no url: it says where"
                + " the forward to this service is. Absent: none.")
        @MayBeEmptied
        PolicyRules trafficPolicy,
    @JsonPropertyDescription(
            "A second lock at the site, against whoever reaches the internal endpoint past the"
                + " public one, for example with an access token of the ngrok account. Enabled with"
                + " spec.expose.https: the public endpoint adds a secret, and the agent's endpoint"
                + " refuses requests without it. Enabled with spec.expose.tls: the agent demands"
                + " client certificates, which needs agentTermination.clientCARef. There is none"
                + " for tcp. It is in force after the next site kit is installed: see the condition"
                + " InternalLocked. Absent: Disabled.")
        InternalLock internalLock) {

  static final String NOT_LOCKED = "!has(self.internalLock) || self.internalLock != 'Enabled'";

  static final String INTERNAL_HAS_SCHEME = "self.internalURL.matches(r'^(http|https|tcp|tls)://')";

  /**
   * Holds if the URLs or spec.expose itself are refused, because a message on how they fit would
   * only follow from that.
   */
  static final String REFUSED_BEFORE =
      "(has(self.expose) && [has(self.expose.https), has(self.expose.tcp), has(self.expose.tls)]"
          + ".filter(set, set).size() > 1) || !"
          + Upstream.HAS_SCHEME
          + " || (has(self.internalURL) && (!"
          + INTERNAL_HAS_SCHEME
          + " || self.internalURL.startsWith('http') != self.upstream.url.startsWith('http')))";

  public ClinicServiceSpec {
    availability = availability == null ? Availability.Always : availability;
    onDemand = onDemand == null ? OnDemand.DEFAULT : onDemand;
    access = access == null ? Access.ANYBODY : access;
  }

  /** A service without a lock at the site. */
  public ClinicServiceSpec(
      ClinicRef clinicRef,
      Upstream upstream,
      String internalURL,
      Expose expose,
      Availability availability,
      OnDemand onDemand,
      Access access,
      PolicyRules trafficPolicy) {
    this(
        clinicRef,
        upstream,
        internalURL,
        expose,
        availability,
        onDemand,
        access,
        trafficPolicy,
        null);
  }

  /** Whether the agent's endpoint must demand a proof. */
  public boolean locked() {
    return internalLock == InternalLock.Enabled;
  }
}
