package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Plants secrets and looks for them in everything that a person may read. */
class SecretsTest {
  private static final String TOKEN = "2eeeeeeeeeeeeeeeeeeeeeeeeee_9PlantedTokenPlanted";
  private static final String PASSWORD = "planted-password";
  private static final String POLICY =
      "{\"on_http_request\":[{\"actions\":[{\"type\":\"basic-auth\",\"config\":{\"credentials\":"
          + "[\"user:planted-password\"]}}]}]}";

  private final FakePlatform platform = new FakePlatform();
  private final OkHttpNgrokApi api = platform.client();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.clinicnet");
  private final Level level = root.getLevel();
  private final Level ourLevel = ours.getLevel();

  @BeforeEach
  void capture() {
    logged.start();
    root.addAppender(logged);
    root.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
  }

  @AfterEach
  void close() {
    root.detachAppender(logged);
    root.setLevel(level);
    ours.setLevel(ourLevel);
    api.close();
    platform.close();
  }

  @Test
  void noTextOfAFailureShowsASecret() {
    String base64 =
        Base64.getEncoder()
            .encodeToString(("x:" + FakePlatform.KEY).getBytes(StandardCharsets.UTF_8));
    List<String> echoes =
        List.of(
            "Your credential: `" + FakePlatform.KEY + "`.",
            "Your authentication: " + FakePlatform.KEY + ". More",
            "got Basic " + base64,
            "got " + base64,
            "the token " + TOKEN + " and user:" + PASSWORD);
    for (String echo : echoes) {
      for (int code : new int[] {202, 226, 446, 2204, 99999}) {
        // Each case has its own client, because a refusal by the budget would stop the next
        // request.
        try (OkHttpNgrokApi one = platform.client()) {
          platform.refuses(code == 202 ? 403 : 400, code, echo);
          NgrokException e =
              catchThrowableOfType(
                  NgrokException.class,
                  () ->
                      one.update(
                          Resource.ENDPOINTS, "ep_1", Endpoint.Update.policy(POLICY), Lane.CHANGE));
          assertClean(stackTrace(e));
          assertThat(e.getMessage()).doesNotContain(FakePlatform.OPERATION).contains("***");
        }
      }
    }
    assertLogsAreClean();
  }

  @Test
  void noLogShowsATokenThatThePlatformHandedOut() {
    platform.replies(201, "{\"id\":\"cr_1\",\"acl\":[\"bind:x\"],\"token\":\"" + TOKEN + "\"}");
    Credential created =
        api.create(
            Resource.CREDENTIALS,
            new Credential.Create("d", "m", List.of("bind:x"), null),
            Lane.BULK);
    assertThat(created.token().reveal()).isEqualTo(TOKEN);
    assertClean(created.toString());

    platform.replies(201, "{\"id\":\"cr_1\",\"acl\":{},\"token\":\"" + TOKEN + "\"}");
    NgrokException unreadable =
        catchThrowableOfType(
            NgrokException.class,
            () ->
                api.create(
                    Resource.CREDENTIALS,
                    new Credential.Create("d", "m", List.of("bind:x"), null),
                    Lane.BULK));
    assertThat(unreadable.failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertClean(stackTrace(unreadable));
    assertThat(logged.list).isNotEmpty();
    assertLogsAreClean();
  }

  @Test
  void noRecordPrintsASecret() {
    Stream.of(
            new Token(TOKEN),
            new Credential("cr_1", null, null, null, List.of(), null, new Token(TOKEN)),
            new Endpoint.Create("cloud", "https://x", null, null, null, null, POLICY),
            Endpoint.Update.policy(POLICY),
            new Endpoint(
                "ep_1",
                null,
                "cloud",
                "https://x",
                null,
                null,
                null,
                null,
                POLICY,
                null,
                null,
                null,
                null,
                null),
            new Answer(201, TOKEN, null),
            new ErrorBody("ERR_NGROK_202", FakePlatform.KEY, true, false, "op_123456789"),
            Outgoing.create("endpoints", null, POLICY, List.of(PASSWORD)),
            platform.options())
        .forEach(value -> assertClean(value.toString()));
  }

  private void assertLogsAreClean() {
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      assertClean(event.getFormattedMessage());
    }
  }

  private static void assertClean(String text) {
    assertThat(text)
        .doesNotContain("4Planted")
        .doesNotContain("9Planted")
        .doesNotContain(PASSWORD)
        .doesNotContain("UGxhbnRlZ")
        .doesNotContain("BsYW50ZW");
  }

  private static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
