package dev.clinicnet.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Somebody who visits a public URL all the time, and remembers what he was answered. */
public final class Visitor implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;

  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread visiting = new Thread(task, "visitor");
            visiting.setDaemon(true);
            return visiting;
          });

  public Visitor(NgrokAccount account, String url) {
    var unused =
        thread.scheduleWithFixedDelay(() -> visit(account, url), 0, PAUSE_MILLIS, MILLISECONDS);
  }

  /** What he was answered, in the order of his visits; as {@link Team#visit}. */
  public List<String> answers() {
    return List.copyOf(answers);
  }

  private void visit(NgrokAccount account, String url) {
    try {
      answers.add(Team.visit(account, url));
    } catch (IllegalStateException goneMeanwhile) {
      answers.add("nothing is there");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
