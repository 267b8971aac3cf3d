package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentConfig;
import dev.clinicnet.operator.agent.AgentEndpoint;
import dev.clinicnet.operator.agent.AgentFile;
import dev.clinicnet.operator.agent.InstallGuide;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.ngrok.Token;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The files of a Clinic's site kit, but for the token. */
record SiteKitContent(Function<Token, AgentConfig> config) {
  /** Stands in where the token does not matter. */
  private static final Token NO_TOKEN = new Token("none");

  static SiteKitContent of(ClinicObservation o) {
    var clinic = o.clinic();
    var agent = clinic.getSpec().agent();
    List<AgentEndpoint> endpoints =
        InternalURLs.bound(clinic, o.services()).stream()
            .map(service -> endpoint(service, o.internalDomain()))
            .toList();
    return new SiteKitContent(
        token ->
            new AgentConfig(
                ClinicNames.path(clinic),
                clinic.getSpec().displayName(),
                o.settings().instance(),
                o.internalDomain(),
                token,
                agent.connectURL(),
                agent.redundant(),
                endpoints,
                agent.api() == null ? null : agent.api().host()));
  }

  private static AgentEndpoint endpoint(ClinicService service, String internalDomain) {
    var upstream = service.getSpec().upstream();
    return new AgentEndpoint(
        service.getMetadata().getName(),
        ServiceNames.internalURL(service, internalDomain),
        upstream.url(),
        upstream.protocol() == null ? null : upstream.protocol().name(),
        null);
  }

  /** The hash of the configuration, which does not depend on the token. */
  String hash() {
    return config.apply(NO_TOKEN).configHash();
  }

  /** The files to publish, by name. */
  Map<String, String> files(Token token) {
    AgentConfig complete = config.apply(token);
    return Map.of(
        SiteKitSecret.TOKEN, token.reveal(),
        SiteKitSecret.CONFIG, AgentFile.text(complete),
        SiteKitSecret.README, InstallGuide.text(complete));
  }
}
