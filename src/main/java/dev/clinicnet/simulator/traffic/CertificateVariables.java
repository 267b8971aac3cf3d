package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code conn.tls.client.*}, which {@code terminate-tls} sets too; absent without a certificate.
 */
final class CertificateVariables {
  private static final CelType TEXTS = ListType.create(SimpleType.STRING);

  private CertificateVariables() {}

  static Map<String, Variable> all() {
    Map<String, Variable> all = new HashMap<>();
    add(all, "pem", SimpleType.STRING, CertificateFacts::pem);
    add(all, "validity.not_after", SimpleType.TIMESTAMP, leaf -> leaf.getNotAfter().toInstant());
    add(all, "validity.not_before", SimpleType.TIMESTAMP, leaf -> leaf.getNotBefore().toInstant());
    add(all, "san.dns_names", TEXTS, leaf -> CertificateFacts.names(leaf, 2));
    add(all, "san.email_addresses", TEXTS, leaf -> CertificateFacts.names(leaf, 1));
    add(all, "san.ip_addresses", TEXTS, leaf -> CertificateFacts.names(leaf, 7));
    add(all, "san.uris", TEXTS, leaf -> CertificateFacts.names(leaf, 6));
    name(all, "subject", leaf -> CertificateFacts.text(leaf.getSubjectX500Principal()));
    name(all, "issuer", leaf -> CertificateFacts.text(leaf.getIssuerX500Principal()));
    return all;
  }

  private static void name(
      Map<String, Variable> all, String field, Function<X509Certificate, String> name) {
    add(all, field, SimpleType.STRING, name::apply);
    add(
        all,
        field + ".common_name",
        SimpleType.STRING,
        leaf -> CertificateFacts.part(name.apply(leaf), "CN").stream().findFirst().orElse(""));
    Map<String, String> lists =
        Map.of(
            "country", "C",
            "locality", "L",
            "organization", "O",
            "organizational_unit", "OU",
            "province", "ST",
            "street_address", "STREET");
    lists.forEach(
        (part, type) ->
            add(
                all,
                field + "." + part,
                TEXTS,
                leaf -> CertificateFacts.part(name.apply(leaf), type)));
  }

  private static void add(
      Map<String, Variable> all,
      String name,
      CelType type,
      Function<X509Certificate, Object> value) {
    Function<Run, Object> ofLeaf =
        run ->
            run.tls()
                .flatMap(tls -> tls.clientCertificates().stream().findFirst())
                .map(value)
                .orElse(null);
    all.put("conn.tls.client." + name, new Variable(type, ofLeaf));
    all.put(
        "actions.ngrok.terminate_tls.client." + name,
        new Variable(
            type, run -> run.findings().containsKey("terminate_tls") ? ofLeaf.apply(run) : null));
  }
}
