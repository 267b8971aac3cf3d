package dev.clinicnet.operator.ngrok;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the objects whose turn it is in a budget. It has its own thread. */
public final class BudgetCalls implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(BudgetCalls.class);

  private final Budget budget;
  private final Consumer<Party> call;
  private final Thread thread = new Thread(this::run, "budget-calls");

  /**
   * Calls that have not started.
   *
   * @param call requeues an object
   */
  public BudgetCalls(Budget budget, Consumer<Party> call) {
    this.budget = budget;
    this.call = call;
    thread.setDaemon(true);
  }

  /** Starts. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void call(Party party) {
    try {
      call.accept(party);
    } catch (RuntimeException e) {
      // One object that cannot be called must not end all calls. It comes back by itself.
      LOGGER.error("{} could not be called when it was its turn", party, e);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        budget.awaitCalls().forEach(this::call);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
