package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.clinicnet.operator.config.JsonBuffers;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;

/** Policies as the platform returns them: a text with JSON or YAML, perhaps in another layout. */
public final class PolicyText {

  private static final ObjectMapper JSON =
      JsonMapper.builder(JsonBuffers.factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private PolicyText() {}

  /**
   * Whether two texts mean the same policy. The order of keys, the layout and the notation of
   * numbers do not count. A text that cannot be read equals only itself. Null means no policy.
   */
  public static boolean sameMeaning(String a, String b) {
    if (a == null || b == null || a.equals(b)) {
      return Objects.equals(a, b);
    }
    Optional<JsonNode> left = read(a);
    Optional<JsonNode> right = read(b);
    return left.isPresent()
        && right.isPresent()
        && left.get().equals(PolicyText::compareNumbers, right.get());
  }

  /**
   * Compares a pair of leaves; 0 means equal. Trailing zeros are stripped, because a comparison of
   * 1e9999999 would expand it.
   */
  private static int compareNumbers(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber() && isFinite(a) && isFinite(b)) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  private static boolean isFinite(JsonNode number) {
    return !number.isDouble() || Double.isFinite(number.doubleValue());
  }

  /** The tree of a text; empty when the text cannot be read. */
  public static Optional<JsonNode> read(String text) {
    return read(JSON, text).or(() -> hasAliases(text) ? Optional.empty() : read(YAML, text));
  }

  private static Optional<JsonNode> read(ObjectMapper mapper, String text) {
    try {
      return Optional.ofNullable(mapper.readTree(text)).filter(tree -> !tree.isMissingNode());
    } catch (JsonProcessingException | YAMLException e) {
      return Optional.empty();
    }
  }

  /**
   * The tree holds the name of an alias in place of its value, so it would equal the wrong text.
   */
  private static boolean hasAliases(String yaml) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (((YAMLParser) parser).isCurrentAlias()) {
          return true;
        }
      }
      return false;
    } catch (IOException | YAMLException e) {
      return true;
    }
  }
}
