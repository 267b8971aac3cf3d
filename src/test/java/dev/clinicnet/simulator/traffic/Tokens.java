package dev.clinicnet.simulator.traffic;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.Date;
import java.util.List;

/** Keys, and tokens that are signed with them. */
final class Tokens {
  static final String ISSUER = "https://idp.example.com/";
  static final String AUDIENCE = "records";

  private Tokens() {}

  static JWK rsa(String kid) {
    try {
      return new RSAKeyGenerator(2048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWK ec(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public keys that a provider serves. */
  static String published(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  /** Claims that are good for five minutes. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("ada")
        .expirationTime(Date.from(FakeAccount.START.plus(Duration.ofMinutes(5))));
  }

  static JWSHeader.Builder header(String algorithm, JWK key) {
    return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(key.getKeyID());
  }

  static String signed(String algorithm, JWK key) {
    return signed(header(algorithm, key), key, claims());
  }

  static String signed(JWSHeader.Builder header, JWK key, JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token = new SignedJWT(header.build(), claims.build());
      JWSSigner signer =
          new DefaultJWSSignerFactory().createJWSSigner(key, token.getHeader().getAlgorithm());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
