package dev.clinicnet.simulator.traffic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code terminate-tls}: makes the handshake at the place of the rule. */
final class TerminateTLS implements Action {
  private static final String STRATEGY = "mutual_tls_verification_strategy";
  private static final String AUTHORITIES = "mutual_tls_certificate_authorities";

  @Override
  public Optional<Ending> run(Call call) throws IOException {
    TLSSettings settings = settings(call);
    try {
      TLSFacts facts = call.effects().terminateTLS(settings);
      call.run().tls(facts);
      call.found(
          "terminate_tls",
          Map.of(
              "version", facts.version(),
              "cipher_suite", facts.cipherSuite(),
              "sni", facts.sni()));
      return Optional.empty();
    } catch (IOException e) {
      call.decide("the handshake failed");
      throw e;
    }
  }

  private static TLSSettings settings(Call call) {
    Config config = call.config();
    List<X509Certificate> authorities = new ArrayList<>();
    config.texts(AUTHORITIES).forEach(text -> authorities.addAll(authority(call, text.strip())));
    String strategy = config.text(STRATEGY).orElse("require-and-verify");
    return new TLSSettings(
        List.copyOf(authorities),
        verification(strategy),
        config.text("min_version").orElse("1.2"),
        config.text("max_version").orElse("1.3"),
        config.text("server_certificate").orElse(""),
        config.text("server_private_key").orElse(""));
  }

  private static TLSSettings.Verification verification(String strategy) {
    String name = strategy.replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(TLSSettings.Verification.values())
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new EvaluationFailed("config." + STRATEGY, "there is no such strategy"));
  }

  private static List<X509Certificate> authority(Call call, String text) {
    if (!text.startsWith("ca_")) {
      return certificates(text);
    }
    return certificates(
        call.run()
            .account()
            .certificateAuthority(text)
            .orElseThrow(
                () -> new EvaluationFailed("config." + AUTHORITIES, "there is no " + text)));
  }

  private static List<X509Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new EvaluationFailed("config." + AUTHORITIES, "it is no PEM certificate");
    }
  }
}
