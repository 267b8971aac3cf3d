package dev.clinicnet.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A client that visits a public URL all the time, and keeps the answers. */
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

  /** The answers in the order of the visits, as in {@link Team#visit}. */
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
