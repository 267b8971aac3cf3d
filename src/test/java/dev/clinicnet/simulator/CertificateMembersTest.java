package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateMembersTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static ObjectNode members(String algorithm, int serial, boolean extensions)
      throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=Issuer"),
            BigInteger.valueOf(serial),
            Date.from(START),
            Date.from(START.plusSeconds(60)),
            new X500Name("C=DE,ST=Hesse,L=Kassel,O=Lakeside\\, Ltd,OU=IT,CN=a.example.com"),
            keys.getPublic());
    if (extensions) {
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "a.example.com"),
                new GeneralName(GeneralName.iPAddress, "192.0.2.1")
              }));
    }
    String signature = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    String name = algorithm.equals("Ed25519") ? "Ed25519" : signature;
    var signer = new JcaContentSignerBuilder(name).build(keys.getPrivate());
    return CertificateMembers.server(
        new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
  }

  @Test
  void tellAllThatIsInTheCertificate() throws Exception {
    assertThat(members("EC", 255, true))
        .isEqualTo(
            SimulatorClient.object(
                "subject_common_name",
                "a.example.com",
                "not_before",
                "2026-01-02T03:04:05Z",
                "not_after",
                "2026-01-02T03:05:05Z",
                "key_usages",
                List.of("cert_sign", "crl_sign"),
                "extended_key_usages",
                List.of("client_auth"),
                "subject_alternative_names",
                SimulatorClient.object(
                    "dns_names", List.of("a.example.com"), "ips", List.of("192.0.2.1")),
                "private_key_type",
                "ecdsa",
                "issuer_common_name",
                "Issuer",
                "serial_number",
                "ff",
                "subject_organization",
                "Lakeside, Ltd",
                "subject_organizational_unit",
                "IT",
                "subject_locality",
                "Kassel",
                "subject_province",
                "Hesse",
                "subject_country",
                "DE"));
  }

  @ParameterizedTest
  @CsvSource({"EC, ecdsa", "RSA, rsa", "Ed25519, ed25519"})
  void areAllThereAlsoWhenEmpty(String algorithm, String type) throws Exception {
    ObjectNode members = members(algorithm, 5, false);
    assertThat(members.get("private_key_type").asText()).isEqualTo(type);
    assertThat(members.get("serial_number").asText()).isEqualTo("05");
    assertThat(members.get("key_usages")).isEmpty();
    assertThat(members.get("extended_key_usages")).isEmpty();
    assertThat(members.at("/subject_alternative_names/dns_names").isArray()).isTrue();
    assertThat(members.at("/subject_alternative_names/ips")).isEmpty();
  }
}
