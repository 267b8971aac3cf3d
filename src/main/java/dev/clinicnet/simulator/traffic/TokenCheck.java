package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requirements for a token.
 *
 * @param audiences the audiences of which a token must name one; empty: any audience, or none
 * @param urls of the key sets, in order
 */
record TokenCheck(
    TrafficAccount account,
    List<String> issuers,
    List<String> audiences,
    List<String> algorithms,
    List<String> urls) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Set<String> MODELLED =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256",
          "HS384", "HS512");

  /**
   * The token in the form for expressions.
   *
   * @throws TokenRefused if it is not valid
   * @throws Unmodelled if a key set was not given, or for an algorithm that is not modelled
   */
  Map<String, Object> verify(String text, TokenSource source) throws TokenRefused {
    List<JWKSet> sets = urls.stream().map(this::keySet).toList();
    SignedJWT token = parse(text);
    String algorithm = token.getHeader().getAlgorithm().getName();
    if (!algorithms.contains(algorithm)) {
      throw new TokenRefused("its algorithm is not allowed");
    }
    if (!MODELLED.contains(algorithm)) {
      throw new Unmodelled("the algorithm \"" + algorithm + "\" of jwt-validation");
    }
    if (sets.stream().noneMatch(set -> signed(token, set))) {
      throw new TokenRefused("no key has signed it");
    }
    checkClaims(claims(token));
    return facts(token, source);
  }

  private JWKSet keySet(String url) {
    String text =
        account
            .keySet(url)
            .orElseThrow(
                () ->
                    new Unmodelled(
                        "the keys at " + url + ": give one with PUT /_simulator/key-sets"));
    try {
      if (isKeySet(JSON.readTree(text))) {
        return JWKSet.parse(text);
      }
    } catch (ParseException | JsonProcessingException e) {
      // reported below without a quote, because it may have secrets
    }
    throw new EvaluationFailed("config.jws.keys", "what was given for " + url + " is no key set");
  }

  private static boolean isKeySet(JsonNode document) {
    for (JsonNode key : document.path("keys")) {
      if (!key.isObject()) {
        return false;
      }
    }
    return document.isObject();
  }

  private static SignedJWT parse(String text) throws TokenRefused {
    try {
      String header = JOSEObject.split(text)[0].decodeToString();
      if (JSON.readTree(header).isObject()) {
        return SignedJWT.parse(text);
      }
    } catch (ParseException | JsonProcessingException | IllegalArgumentException e) {
      // reported below without a quote
    }
    throw new TokenRefused("it is no signed token");
  }

  private static boolean signed(SignedJWT token, JWKSet set) {
    JWSHeader header = token.getHeader();
    return new JWKSelector(JWKMatcher.forJWSHeader(header))
        .select(set).stream().anyMatch(key -> signed(token, key));
  }

  /** A key of another curve, or one that is too weak, cannot have signed the token. */
  private static boolean signed(SignedJWT token, JWK jwk) {
    try {
      return token.verify(
          new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), key(jwk)));
    } catch (JOSEException e) {
      return false;
    }
  }

  private static Key key(JWK jwk) throws JOSEException {
    if (jwk instanceof OctetSequenceKey secret) {
      return secret.toSecretKey();
    }
    if (jwk instanceof AsymmetricJWK pair) {
      return pair.toPublicKey();
    }
    throw new JOSEException("no key to verify with");
  }

  private static JWTClaimsSet claims(SignedJWT token) throws TokenRefused {
    try {
      return token.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new TokenRefused("its claims cannot be read");
    }
  }

  private void checkClaims(JWTClaimsSet claims) throws TokenRefused {
    if (claims.getIssuer() == null || !issuers.contains(claims.getIssuer())) {
      throw new TokenRefused("its issuer is not allowed");
    }
    if (!audiences.isEmpty() && claims.getAudience().stream().noneMatch(audiences::contains)) {
      throw new TokenRefused("its audience is not allowed");
    }
    Instant now = account.clock().instant();
    Date expires = claims.getExpirationTime();
    if (expires != null && !now.isBefore(expires.toInstant())) {
      throw new TokenRefused("it has expired");
    }
    Date begins = claims.getNotBeforeTime();
    if (begins != null && now.isBefore(begins.toInstant())) {
      throw new TokenRefused("it is not valid yet");
    }
  }

  private static Map<String, Object> facts(SignedJWT token, TokenSource source)
      throws TokenRefused {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("header", json(token.getHeader().toString()));
    facts.put("payload", json(token.getPayload().toString()));
    facts.put("signature", token.getSignature().toString());
    facts.put("location", source.method());
    facts.put("location_property", source.name());
    facts.put("verified", true);
    return facts;
  }

  private static Object json(String text) throws TokenRefused {
    try {
      return JsonValue.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new TokenRefused("it is not JSON");
    }
  }
}
