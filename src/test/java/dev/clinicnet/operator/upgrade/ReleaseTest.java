package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The snapshots as files. */
class ReleaseTest {
  private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{27}_[0-9A-Za-z]{16,40}");

  static List<Release> releases() {
    return Release.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyAuthtokenIsAFake(Release release) {
    List<String> tokens =
        Stream.of(List.of(release.account()), release.objects(), secrets(release))
            .flatMap(List::stream)
            .flatMap(text -> TOKEN.matcher(text).results())
            .map(MatchResult::group)
            .toList();

    assertThat(tokens).isNotEmpty().allMatch(token -> token.equals(SnapshotFiles.fake(token)));
  }

  private static List<String> secrets(Release release) {
    List<String> texts = new ArrayList<>();
    for (String yaml : release.objects()) {
      if (yaml.startsWith("apiVersion: \"v1\"\nkind: \"Secret\"")) {
        Serialization.unmarshal(yaml, Secret.class)
            .getData()
            .values()
            .forEach(
                value ->
                    texts.add(
                        new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
      }
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }
}
