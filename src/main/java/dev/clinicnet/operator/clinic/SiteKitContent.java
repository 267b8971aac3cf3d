package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentAPIAccess;
import dev.clinicnet.operator.agent.AgentConfig;
import dev.clinicnet.operator.agent.AgentEndpoint;
import dev.clinicnet.operator.agent.AgentTexts;
import dev.clinicnet.operator.agent.SiteNetwork;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.reference.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files of a Clinic's site kit, without the token. A decision uses it, in one thread. */
final class SiteKitContent {

  /** The text in place of the token where it does not matter. */
  private static final Token NO_TOKEN = new Token("none");

  private final Function<Token, AgentConfig> config;
  private final String contact;
  private Made made;

  /** The configuration with the last token that was asked for. */
  private record Made(Token token, AgentConfig config, String hash) {}

  private SiteKitContent(Function<Token, AgentConfig> config, String contact) {
    this.config = config;
    this.contact = contact;
  }

  /**
   * Empty while the agent's API has no password yet, because the API must have one, and while the
   * password of the proxy is not known.
   */
  static Optional<SiteKitContent> of(ClinicObservation o) {
    var clinic = o.clinic();
    var agent = clinic.getSpec().agent();
    Optional<AgentAPIAccess> api =
        Optional.ofNullable(agent.api())
            .flatMap(
                asked ->
                    o.agentAPI()
                        .keys()
                        .map(keys -> new AgentAPIAccess(asked.host(), keys.password())));
    if (agent.api() != null && api.isEmpty()) {
      return Optional.empty();
    }
    Optional<SiteNetwork> network = PublishedNetwork.of(o);
    if (network.isEmpty()) {
      return Optional.empty();
    }
    List<AgentEndpoint> endpoints =
        InternalURLs.bound(clinic, o.services()).stream()
            .flatMap(bound -> endpoint(bound, o).stream())
            .toList();
    return Optional.of(
        new SiteKitContent(
            token ->
                new AgentConfig(
                    ClinicNames.path(clinic),
                    clinic.getSpec().displayName(),
                    o.settings().instance(),
                    o.internalDomain(),
                    token,
                    agent.connectURL(),
                    network.get(),
                    agent.redundant(),
                    endpoints,
                    api.orElse(null)),
            contact(clinic)));
  }

  /**
   * Empty for a service whose agent must end TLS while there is no certificate. Without a
   * certificate, the agent would pass encrypted bytes to the upstream.
   */
  private static Optional<AgentEndpoint> endpoint(InternalURLs.Bound bound, ClinicObservation o) {
    ClinicService service = bound.service();
    var upstream = service.getSpec().upstream();
    String name = service.getMetadata().getName();
    boolean ends = References.endsAtAgent(service);
    Optional<TLSTermination> termination =
        Optional.ofNullable(o.terminations().get(name))
            .or(() -> ends ? PublishedTermination.of(o.secret(), name) : Optional.empty());
    if (ends && termination.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AgentEndpoint(
            name,
            bound.url(),
            upstream.url(),
            upstream.protocol() == null ? null : upstream.protocol().name(),
            null,
            termination.orElse(null),
            null,
            SiteLock.of(o).admitted(service, termination)));
  }

  /** The URLs that the agent must bind. */
  Set<String> urls() {
    return config.apply(NO_TOKEN).allEndpoints().stream()
        .map(AgentEndpoint::url)
        .collect(Collectors.toSet());
  }

  /** The hash of the configuration with a token. Only with a proxy's password it depends on it. */
  String hash(Token token) {
    return made(token).hash();
  }

  /** The files to publish, by name. */
  Map<String, String> files(Token token) {
    AgentTexts texts = AgentTexts.of(made(token).config(), made(token).hash(), contact);
    return Map.of(
        SiteKitSecret.TOKEN, token.reveal(),
        SiteKitSecret.CONFIG, texts.config(),
        SiteKitSecret.README, texts.guide(),
        SiteKitSecret.HELP, texts.help());
  }

  /** Whether a Secret, from a cache or not, has these files with its token. */
  boolean isIn(SiteKitSecret secret) {
    Token token = secret.token().orElseThrow();
    return secret.holdsDigests()
        ? secret.holdsDigests(DigestedKits.of(made(token).config(), contact, () -> files(token)))
        : secret.holds(files(token));
  }

  private Made made(Token token) {
    if (made == null || !made.token().equals(token)) {
      AgentConfig complete = config.apply(token);
      made = new Made(token, complete, complete.configHash());
    }
    return made;
  }

  private static String contact(Clinic clinic) {
    return Annotations.get(clinic, Annotations.CONTACT).orElse("");
  }
}
