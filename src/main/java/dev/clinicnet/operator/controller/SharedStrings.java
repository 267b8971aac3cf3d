package dev.clinicnet.operator.controller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Reads texts, and returns a text that was read before instead of an equal one. Objects of one kind
 * have most of their words in common, and the caches hold thousands of them. Only short texts are
 * remembered, each at the place of its hash, until another one takes that place.
 */
final class SharedStrings extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 128;
  private static final AtomicReferenceArray<String> KNOWN = new AtomicReferenceArray<>(1 << 12);

  SharedStrings() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return parser.hasToken(JsonToken.VALUE_STRING)
        ? shared(parser.getText())
        : StringDeserializer.instance.deserialize(parser, context);
  }

  static String shared(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (KNOWN.length() - 1);
    String known = KNOWN.get(place);
    if (text.equals(known)) {
      return known;
    }
    KNOWN.set(place, text);
    return text;
  }
}
