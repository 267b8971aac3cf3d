package dev.clinicnet.simulator.traffic;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.STRING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.types.ListType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The documented macros that need only their arguments. */
final class Macros {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static final List<Macro> ALL = Stream.concat(all().stream(), Hashes.MACROS.stream()).toList();

  private Macros() {}

  private static List<Macro> all() {
    return List.of(
        Macro.global("inCidrRange", two("in_cidr_range", Macros::inRange), BOOL, STRING, STRING),
        Macro.global(
            "inCidrRanges",
            CelFunctionBinding.from("in_cidr_ranges", String.class, List.class, Macros::inAnyRange),
            BOOL,
            STRING,
            ListType.create(STRING)),
        Macro.global(
            "basic_auth.encode", two("basic_auth_encode", Macros::basic), STRING, STRING, STRING),
        Macro.global("url.escape", one("url_escape", Macros::escape), STRING, STRING),
        Macro.global("url.unescape", one("url_unescape", Macros::unescape), STRING, STRING),
        Macro.global("json.decode", one("json_decode", Macros::fromJson), DYN, STRING),
        Macro.global(
            "rand.double",
            CelFunctionBinding.from(
                "rand_double", List.of(), none -> ThreadLocalRandom.current().nextDouble()),
            DOUBLE),
        Macro.member("escapeUrl", one("string_escape_url", Macros::escape), STRING, STRING),
        Macro.member("unescapeUrl", one("string_unescape_url", Macros::unescape), STRING, STRING),
        Macro.member("decodeJson", one("string_decode_json", Macros::fromJson), DYN, STRING),
        Macro.member("isJson", one("string_is_json", Macros::isJson), BOOL, STRING),
        Macro.member("encodeBase64", one("string_to_base64", Macros::toBase64), STRING, STRING),
        Macro.member("decodeBase64", one("string_from_base64", Macros::fromBase64), STRING, STRING),
        Macro.member("isPrivateIp", one("string_is_private_ip", Macros::isPrivate), BOOL, STRING),
        Macro.member(
            "lower", one("string_lower", text -> text.toLowerCase(Locale.ROOT)), STRING, STRING),
        Macro.member(
            "upper", one("string_upper", text -> text.toUpperCase(Locale.ROOT)), STRING, STRING));
  }

  private static CelFunctionBinding one(
      String id, dev.cel.runtime.CelFunctionOverload.Unary<String> function) {
    return CelFunctionBinding.from(id, String.class, function);
  }

  private static CelFunctionBinding two(
      String id, dev.cel.runtime.CelFunctionOverload.Binary<String, String> function) {
    return CelFunctionBinding.from(id, String.class, String.class, function);
  }

  /** An invalid range contains nothing (documented). */
  private static boolean inRange(String address, String range) {
    return AddressRange.parse(range).map(parsed -> parsed.contains(address)).orElse(false);
  }

  private static boolean inAnyRange(String address, List<?> ranges) {
    return ranges.stream().anyMatch(range -> inRange(address, (String) range));
  }

  /** The ranges of RFC 1918 (documented). */
  private static boolean isPrivate(String address) {
    return inAnyRange(address, List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"));
  }

  private static String basic(String user, String password) {
    return "Basic " + toBase64(user + ":" + password);
  }

  private static String toBase64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String fromBase64(String text) throws CelEvaluationException {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CelEvaluationException("it is not base64");
    }
  }

  /** Escapes every reserved character, as in the documented example. */
  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String unescape(String text) throws CelEvaluationException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CelEvaluationException("it is not escaped correctly");
    }
  }

  private static Object fromJson(String text) throws CelEvaluationException {
    try {
      return JsonValue.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new CelEvaluationException("it is not JSON");
    }
  }

  private static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
