package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rows of the table in {@link LetGo}. */
class LetGoTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Mark MARK =
      Mark.of("i", new Owner("ClinicService", "clinics", "web"), "uid", "clinic1");

  @Test
  void whatStaysIsMarkedOnce() {
    assertThat(of(MARK).retain()).contains(marking(MARK.retained()));
    assertThat(of(MARK.retained()).retain()).isEmpty();
    assertThat(of(MARK.retired(NOW)).retain()).contains(marking(MARK.retained()));
  }

  @Test
  void whatGoesWithoutAnUndoWindowIsDeleted() {
    Step deletion = new Step.Delete(Resource.RESERVED_ADDRS, "ra_1", "1.tcp:1");

    assertThat(of(MARK).release(Duration.ZERO, NOW)).contains(deletion);
    assertThat(of(MARK.retired(NOW)).release(Duration.ZERO, NOW)).contains(deletion);
  }

  @Test
  void whatGoesWithinAnUndoWindowIsMarkedOnce() {
    assertThat(of(MARK).release(WINDOW, NOW)).contains(marking(MARK.retired(NOW)));
    assertThat(of(MARK.retired(NOW)).release(WINDOW, NOW.plusSeconds(1))).isEmpty();
  }

  private static LetGo of(Mark mark) {
    return new LetGo(Resource.RESERVED_ADDRS, row(mark), mark);
  }

  private static ReservedAddr row(Mark mark) {
    return new ReservedAddr("ra_1", null, "1.tcp:1", "us", "made", mark.text());
  }

  private static Step marking(Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_ADDRS,
        "ra_1",
        new ReservedAddr.Update(null, mark.text()),
        "1.tcp:1",
        Lane.CLOSING,
        Cause.MANIFEST);
  }
}
