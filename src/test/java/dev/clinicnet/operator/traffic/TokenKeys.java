package dev.clinicnet.operator.traffic;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.clinicnet.operator.traffic.Credential.Token;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The issuers' keys, made when the tests run, where they are published, and tokens with them. */
final class TokenKeys {
  static final String LOGIN = "login";
  static final String ELSEWHERE = "elsewhere";

  /** Keys with the ids of {@link #LOGIN}'s that stand nowhere. */
  static final String UNPUBLISHED = "unpublished";

  private static final Map<String, String> PUBLISHED =
      Map.of(
          "https://login.clinicnet.com/keys", LOGIN, "https://login.elsewhere.org/keys", ELSEWHERE);

  private static final Map<String, Keys> KEYS =
      Map.of(LOGIN, keys("login"), ELSEWHERE, keys("elsewhere"), UNPUBLISHED, keys("login"));

  private static final Map<String, String> SIGNED = new ConcurrentHashMap<>();

  private TokenKeys() {}

  private record Keys(RSAKey rsa, ECKey ec) {}

  /** The owner of the keys that are published at a URL. */
  static Optional<String> publishedAt(String url) {
    return Optional.ofNullable(PUBLISHED.get(url));
  }

  /** The JSON Web Key Set at a URL. */
  static Optional<String> keySet(String url) {
    return publishedAt(url)
        .map(KEYS::get)
        .map(keys -> new JWKSet(List.of(keys.rsa(), keys.ec())).toPublicJWKSet().toString());
  }

  /** The text of a token in a scenario that starts at a moment. */
  static String text(Token token, Instant start) {
    return SIGNED.computeIfAbsent(
        start + " " + token.in("", ""),
        key -> {
          try {
            return make(token, start);
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static String make(Token token, Instant start) throws JOSEException {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(token.issuer())
            .subject("ann")
            .notBeforeTime(Date.from(start.plusSeconds(token.notBefore())))
            .expirationTime(Date.from(start.plusSeconds(token.expires())));
    if (!token.audience().isEmpty()) {
      claims.audience(token.audience());
    }
    if (token.algorithm().equals("none")) {
      return new PlainJWT(claims.build()).serialize();
    }
    JWSAlgorithm algorithm = JWSAlgorithm.parse(token.algorithm());
    Keys keys = KEYS.get(token.key());
    boolean ec = token.algorithm().startsWith("ES");
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(ec ? keys.ec().getKeyID() : keys.rsa().getKeyID())
                .build(),
            claims.build());
    jwt.sign(signer(token, keys));
    return token.altered() ? altered(jwt) : jwt.serialize();
  }

  private static JWSSigner signer(Token token, Keys keys) throws JOSEException {
    if (token.algorithm().startsWith("HS")) {
      return new MACSigner(
          keys.rsa().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
    }
    return token.algorithm().startsWith("ES")
        ? new ECDSASigner(keys.ec())
        : new RSASSASigner(keys.rsa());
  }

  private static String altered(SignedJWT jwt) {
    String claims = jwt.getPayload().toString().replace("\"ann\"", "\"bob\"");
    return jwt.getHeader().toBase64URL()
        + "."
        + Base64URL.encode(claims)
        + "."
        + jwt.getSignature();
  }

  private static Keys keys(String id) {
    try {
      return new Keys(
          new RSAKeyGenerator(2048).keyID(id + "-rsa").generate(),
          new ECKeyGenerator(Curve.P_256).keyID(id + "-ec").generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
