package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.InMemoryAccount;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** An account in memory that fails when it was told to, and keeps a log of the calls. */
public final class ScriptedNgrok implements NgrokApi {
  private final InMemoryAccount account =
      new InMemoryAccount(
          "2026-01-01T00:00:00Z",
          (kind, n) -> kind.path() + "_" + n,
          id -> id + ".tcp.ngrok.io:20000",
          (kind, before, after, body) -> {});
  private final Map<String, Deque<NgrokException>> failures = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private Runnable afterRestart = () -> {};
  private final AtomicReference<Runnable> duringCreation = new AtomicReference<>(() -> {});

  /** A failure without further details. */
  public static NgrokException failure(Failure failure) {
    return new NgrokException(failure, null, "it failed", null);
  }

  /** The next call, such as {@code create endpoints}, fails. */
  public ScriptedNgrok failing(String call, NgrokException failure) {
    failures.computeIfAbsent(call, c -> new ArrayDeque<>()).add(failure);
    return this;
  }

  /** Sets what happens while an agent restarts. */
  public ScriptedNgrok afterRestart(Runnable what) {
    afterRestart = what;
    return this;
  }

  /** Sets what happens while the next object is being created. */
  public ScriptedNgrok duringCreation(Runnable what) {
    duringCreation.set(what);
    return this;
  }

  /** Puts an object there without a call. */
  public <T extends RemoteObject> T put(Resource<T, ?, ?> resource, T object) {
    account.put(resource, object);
    return object;
  }

  /** The calls so far, in order. */
  public List<String> log() {
    return log;
  }

  /** Lists every resource into the inventory. */
  public void sweepInto(Inventory inventory) {
    Resource.ALL.forEach(resource -> sweep(resource, inventory));
  }

  private <T extends RemoteObject> void sweep(Resource<T, ?, ?> resource, Inventory inventory) {
    long begun = inventory.beginSweep(resource);
    inventory.completeSweep(resource, begun, account.list(resource, Lane.SWEEP));
  }

  @Override
  public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
    call("list " + resource.path());
    return account.list(resource, lane);
  }

  @Override
  public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
    call("create " + resource.path());
    duringCreation.getAndSet(() -> {}).run();
    return account.create(resource, body, lane);
  }

  @Override
  public <T extends RemoteObject, U extends Changes> T update(
      Resource<T, ?, U> resource, String id, U changes, Lane lane) {
    call("update " + resource.path());
    return account.update(resource, id, changes, lane);
  }

  @Override
  public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
    call("delete " + resource.path());
    account.delete(resource, id, lane);
  }

  @Override
  public void stopTunnelSession(String id, Lane lane) {
    call("stop " + id);
    account.stopTunnelSession(id, lane);
  }

  @Override
  public void restartTunnelSession(String id, Lane lane) {
    call("restart " + id);
    account.restartTunnelSession(id, lane);
    afterRestart.run();
  }

  private void call(String call) {
    log.add(call);
    Deque<NgrokException> scripted = failures.get(call);
    if (scripted != null && !scripted.isEmpty()) {
      throw scripted.remove();
    }
  }
}
