package dev.clinicnet.simulator.traffic;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The facts of a TLS handshake.
 *
 * @param version the version in the platform's form, for example {@code 1.3}
 * @param clientCertificates the client's chain, its own first; empty when it showed none
 * @param verified whether the chain ends at an authority that the policy trusts
 */
public record TLSFacts(
    String version,
    String cipherSuite,
    String sni,
    List<X509Certificate> clientCertificates,
    boolean verified) {}
