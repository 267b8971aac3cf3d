package dev.clinicnet.simulator;

import dev.clinicnet.simulator.edge.EdgeAccount;
import dev.clinicnet.simulator.edge.OnlineEndpoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The present account, as traffic sees it. */
final class LiveAccount implements EdgeAccount {
  private final Account account;
  private final Platform platform;

  LiveAccount(Account account, Platform platform) {
    this.account = account;
    this.platform = platform;
  }

  @Override
  public Clock clock() {
    return account.clock();
  }

  @Override
  public Optional<String> secret(String vault, String name) {
    return now(() -> platform.secrets().value(vault, name));
  }

  @Override
  public Optional<List<AddressRule>> ipPolicy(String id) {
    return now(() -> platform.ipPolicyRules().of(id));
  }

  @Override
  public Optional<String> certificateAuthority(String id) {
    return now(() -> platform.authorities().pem(id));
  }

  @Override
  public Optional<String> keySet(String url) {
    return platform.keySets().at(url);
  }

  @Override
  public Optional<Login> login(String cookie) {
    return platform.logins().of(cookie);
  }

  @Override
  public List<OnlineEndpoint> endpoints() {
    return now(() -> platform.endpoints().online(platform.agents()::upstream));
  }

  private <T> T now(Supplier<T> reading) {
    synchronized (platform) {
      platform.advance();
      return reading.get();
    }
  }
}
