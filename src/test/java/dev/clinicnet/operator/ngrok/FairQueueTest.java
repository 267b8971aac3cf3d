package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairQueueTest {
  private final FairQueue queue = new FairQueue(4);

  @Test
  void namespacesTakeTurns() {
    join("a", "1", "x");
    join("a", "2", "x");
    join("a", "3", "x");
    join("b", "4", "x");
    assertThat(serve(4)).containsExactly("a/1/x", "b/4/x", "a/2/x", "a/3/x");
  }

  @Test
  void aClinicIsCompletedBeforeTheNextOneBegins() {
    for (String object : List.of("clinic", "api", "db")) {
      join("a", "1", object);
      join("a", "2", object);
    }
    assertThat(serve(6))
        .containsExactly("a/1/clinic", "a/1/api", "a/1/db", "a/2/clinic", "a/2/api", "a/2/db");
  }

  @Test
  void aClinicThatNeedsVeryMuchLetsOthersGoInBetween() {
    for (int i = 0; i < 20; i++) {
      join("a", "1", "s" + i);
    }
    join("a", "2", "x");
    assertThat(serve(21).indexOf("a/2/x")).isEqualTo(FairQueue.QUANTUM);
  }

  @Test
  void aPassThatGoesOnGoesBeforeOtherObjectsOfItsClinic() {
    join("a", "1", "api");
    queue.join(ticket("a", "1", "clinic"), true);
    assertThat(serve(2)).containsExactly("a/1/clinic", "a/1/api");
  }

  @Test
  void aClinicKeepsItsPlaceWhileItsPassIsUnderWay() {
    Ticket first = join("a", "1", "clinic");
    join("a", "2", "clinic");
    queue.charge(first);
    queue.leave(first, true);
    join("a", "1", "clinic");
    assertThat(queue.next(ticket -> true).party().clinic()).isEqualTo("1");
  }

  /** Its services are applied with it, but the first pass over them may come a little later. */
  @Test
  void aClinicThatWasServedKeepsItsPlaceForThoseOfItThatComeLater() {
    join("a", "1", "clinic");
    for (int other = 2; other < 50; other++) {
      join("a", "" + other, "clinic");
    }
    serve(FairQueue.KEPT);
    join("a", "1", "api");
    join("a", "1", "db");
    assertThat(serve(2)).containsExactly("a/1/api", "a/1/db");
    serve(FairQueue.KEPT);
    join("a", "1", "dashboard");
    assertThat(serve(1)).as("it has left").doesNotContain("a/1/dashboard");
  }

  @Test
  void aClinicThatKeepsItsPlaceLetsOthersGoAfterItsPart() {
    join("a", "1", "clinic");
    join("a", "2", "clinic");
    for (int request = 0; request < FairQueue.QUANTUM; request++) {
      assertThat(serveOne()).startsWith("a/1/");
      join("a", "1", "again");
    }
    assertThat(serveOne()).isEqualTo("a/2/clinic");
  }

  @Test
  void aClinicThatSentNothingKeepsNoPlace() {
    Ticket first = join("a", "1", "clinic");
    join("a", "2", "clinic");
    queue.leave(first, false);
    join("a", "1", "clinic");
    assertThat(serveOne()).isEqualTo("a/2/clinic");
  }

  @Test
  void whoMayNotGoIsPassedOver() {
    join("a", "1", "x");
    join("a", "2", "x");
    join("b", "3", "x");
    assertThat(queue.next(ticket -> !ticket.party().clinic().equals("1")).party().clinic())
        .isEqualTo("2");
    assertThat(queue.next(ticket -> false)).isNull();
  }

  @Test
  void learnsHowManyRequestsAClinicNeeds() {
    for (int clinic = 0; clinic < 60; clinic++) {
      join("a", "" + clinic, "x");
    }
    Ticket last = join("a", "last", "x");
    assertThat(queue.before(last)).isEqualTo(60 * 4);
    for (int clinic = 0; clinic < 40; clinic++) {
      serveOne();
    }
    assertThat(queue.before(last)).as("one each").isBetween(20L, 25L);
  }

  /** However many wait in other namespaces, a clinic of its own namespace has every n-th turn. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aThousandClinicsOfOneNamespaceDoNotHoldBackOneOfAnother(long seed) {
    Random random = new Random(seed);
    int namespaces = 1 + random.nextInt(4);
    for (int clinic = 0; clinic < 1000; clinic++) {
      String namespace = clinic < namespaces ? "n" + clinic : "n" + random.nextInt(namespaces);
      for (int object = random.nextInt(4); object >= 0; object--) {
        join(namespace, "c" + clinic, "o" + object);
      }
    }
    serve(random.nextInt(300));
    join("other", "newcomer", "clinic");
    join("other", "newcomer", "api");
    List<String> order = serve(3 * (namespaces + 1));
    assertThat(order.indexOf("other/newcomer/clinic")).isBetween(0, namespaces);
    assertThat(order.indexOf("other/newcomer/api")).isBetween(0, 2 * (namespaces + 1) - 1);
  }

  /** In any stretch of service, namespaces that always wait get the same, to within one request. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void namespacesThatAlwaysWaitGetTheSame(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> served = new HashMap<>();
    for (int namespace = 0; namespace < 5; namespace++) {
      for (int clinic = 0; clinic < 50 + random.nextInt(500); clinic++) {
        join("n" + namespace, "c" + clinic, "x");
      }
    }
    for (int i = 0; i < 5 * 40 + random.nextInt(5); i++) {
      served.merge(serveOne().split("/", 2)[0], 1, Integer::sum);
    }
    assertThat(served).hasSize(5);
    assertThat(served.values()).allMatch(count -> count == 40 || count == 41);
  }

  @Test
  void nothingIsLeftWhenAllHaveGone() {
    Random random = new Random(5);
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tickets.add(join("n" + random.nextInt(3), "c" + random.nextInt(30), "x" + i));
    }
    while (!tickets.isEmpty()) {
      queue.leave(tickets.remove(random.nextInt(tickets.size())), false);
      assertThat(queue.size()).isEqualTo(tickets.size());
    }
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.next(ticket -> true)).isNull();
  }

  private Ticket join(String namespace, String clinic, String object) {
    Ticket ticket = ticket(namespace, clinic, object);
    queue.join(ticket, false);
    return ticket;
  }

  private static Ticket ticket(String namespace, String clinic, String object) {
    Ticket ticket = new Ticket(Lane.BULK, new Party(namespace, clinic, "ClinicService", object), 0);
    ticket.attend(false);
    return ticket;
  }

  private List<String> serve(int requests) {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < requests && !queue.isEmpty(); i++) {
      order.add(serveOne());
    }
    return order;
  }

  private String serveOne() {
    Ticket next = queue.next(ticket -> true);
    queue.charge(next);
    queue.leave(next, false);
    return next.party().namespace() + "/" + next.party().clinic() + "/" + next.party().name();
  }
}
