package dev.clinicnet.simulator;

import dev.clinicnet.simulator.wire.AgentLink;
import dev.clinicnet.simulator.wire.AgentPlatform;
import dev.clinicnet.simulator.wire.Auth;
import dev.clinicnet.simulator.wire.Bind;
import dev.clinicnet.simulator.wire.BoundEndpoint;
import dev.clinicnet.simulator.wire.OpenedSession;
import dev.clinicnet.simulator.wire.PatchTunnel;
import dev.clinicnet.simulator.wire.Refused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The door for agents outside of the simulator. As on the platform, every door leads to all
 * accounts: the authtoken says to which one an agent belongs.
 */
final class AgentDoor implements AgentPlatform {
  private final ForeignAgents own;
  private final List<ForeignAgents> all;
  private final Map<AgentLink, ForeignAgents> accounts = new ConcurrentHashMap<>();

  /**
   * A door.
   *
   * @param own the account that refuses an authtoken that no account knows
   * @param all every account, also those that come later
   */
  AgentDoor(ForeignAgents own, List<ForeignAgents> all) {
    this.own = own;
    this.all = all;
  }

  @Override
  public OpenedSession open(AgentLink link, Auth request) throws Refused {
    String token = request.extra().authtoken();
    ForeignAgents account = all.stream().filter(each -> each.knows(token)).findFirst().orElse(own);
    OpenedSession session = account.open(link, request);
    accounts.put(link, account);
    return session;
  }

  @Override
  public BoundEndpoint bind(AgentLink link, Bind request) throws Refused {
    return of(link).bind(link, request);
  }

  @Override
  public void unbind(AgentLink link, String bindId) throws Refused {
    of(link).unbind(link, bindId);
  }

  @Override
  public void patch(AgentLink link, PatchTunnel request) throws Refused {
    of(link).patch(link, request);
  }

  @Override
  public boolean heartbeat(AgentLink link) {
    return of(link).heartbeat(link);
  }

  @Override
  public void ended(AgentLink link, boolean crashed) {
    of(link).ended(link, crashed);
    accounts.remove(link);
  }

  private ForeignAgents of(AgentLink link) {
    return accounts.getOrDefault(link, own);
  }
}
