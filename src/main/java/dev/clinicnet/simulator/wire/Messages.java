package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * Requests and answers as JSON. Agents of different languages write the names of members with
 * different capitals, so these are ignored when reading. When writing, they are those of ngrok's
 * own Go code, which the strictest agent demands.
 */
final class Messages {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private Messages() {}

  /**
   * Reads one message. The text of the exception holds nothing of it, because it may have a token.
   *
   * @throws ProtocolException if it is something else
   */
  static <T> T read(InputStream input, Class<T> type) throws IOException {
    try {
      T message = JSON.readerFor(type).readValue(JSON.createParser(input));
      if (message != null) {
        return message;
      }
    } catch (JsonProcessingException e) {
      // Its text would quote the message.
    }
    throw new ProtocolException(
        WireError.PROTOCOL, "a message of an agent cannot be read as " + type.getSimpleName());
  }

  static byte[] bytes(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
