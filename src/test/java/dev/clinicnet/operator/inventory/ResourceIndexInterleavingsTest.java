package dev.clinicnet.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.ReservedAddr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every order of up to eight events: a sweep never overrides what we wrote or deleted after it
 * began. The platform answers a list call with its state at any moment between the call's begin and
 * its end. The model knows the possible answers for each object.
 */
class ResourceIndexInterleavingsTest {
  private static final int LONGEST = 8;

  /** The possible next events. */
  private enum Event {
    BEGIN,
    SNAPSHOT,
    COMPLETE,
    CREATE,
    CHANGE,
    DELETE
  }

  private int sequences;

  @Test
  void whatWeDidAfterASweepBeganOutlivesIt() {
    extend(new ArrayList<>());
    assertThat(sequences).isGreaterThan(1000);
  }

  private void extend(List<Event> events) {
    if (!isPossible(events)) {
      return;
    }
    sequences++;
    replay(events);
    if (events.size() < LONGEST) {
      for (Event event : Event.values()) {
        events.add(event);
        extend(events);
        events.remove(events.size() - 1);
      }
    }
  }

  /** One sweep at a time, as in the sweeper, and one object that is created and deleted. */
  private static boolean isPossible(List<Event> events) {
    int sweep = 0;
    boolean there = false;
    for (Event event : events) {
      boolean possible =
          switch (event) {
            case BEGIN -> sweep == 0;
            case SNAPSHOT -> sweep == 1;
            case COMPLETE -> sweep == 2;
            case CREATE -> !there;
            case CHANGE, DELETE -> there;
          };
      if (!possible) {
        return false;
      }
      switch (event) {
        case BEGIN -> sweep = 1;
        case SNAPSHOT -> sweep = 2;
        case COMPLETE -> sweep = 0;
        case CREATE -> there = true;
        case DELETE -> there = false;
        case CHANGE -> {}
      }
    }
    return true;
  }

  /** Only this test writes here, so the index must always equal the platform. */
  private static void replay(List<Event> events) {
    ResourceIndex<ReservedAddr> index = new ResourceIndex<>();
    Map<String, ReservedAddr> platform = new LinkedHashMap<>();
    List<ReservedAddr> snapshot = List.of();
    long begun = 0;
    int version = 0;
    for (Event event : events) {
      switch (event) {
        case BEGIN -> begun = index.begin();
        case SNAPSHOT -> snapshot = List.copyOf(platform.values());
        case COMPLETE -> index.complete(begun, snapshot);
        case CREATE, CHANGE -> {
          ReservedAddr addr = new ReservedAddr("ra_1", null, ++version + ".io:1", "us", null, null);
          platform.put(addr.id(), addr);
          index.wrote(addr);
        }
        case DELETE -> {
          platform.remove("ra_1");
          index.deleted("ra_1");
        }
      }
      assertThat(index.all()).as("%s", events).containsExactlyElementsOf(platform.values());
      for (int v = 1; v <= version; v++) {
        String addr = v + ".io:1";
        assertThat(index.lookUp(Keys.name(addr)))
            .as("%s by key %s", events, addr)
            .containsExactlyElementsOf(
                platform.values().stream().filter(a -> a.addr().equals(addr)).toList());
      }
    }
  }
}
