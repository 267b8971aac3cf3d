package dev.clinicnet.simulator;

import dev.clinicnet.simulator.wire.AgentLink;
import dev.clinicnet.simulator.wire.AgentPlatform;
import dev.clinicnet.simulator.wire.Auth;
import dev.clinicnet.simulator.wire.Bind;
import dev.clinicnet.simulator.wire.BoundEndpoint;
import dev.clinicnet.simulator.wire.OpenedSession;
import dev.clinicnet.simulator.wire.PatchTunnel;
import dev.clinicnet.simulator.wire.Refused;
import dev.clinicnet.simulator.wire.RequestType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The agents outside of the simulator. Faults hit their messages under the paths {@code
 * /agent-session/auth}, {@code …/bind} and so on. They have no rate limit.
 */
final class ForeignAgents implements AgentPlatform {
  /** The path that represents the messages of every agent. */
  static final String PATH = "/agent-session/";

  private final Platform platform;
  private final Faults faults;

  ForeignAgents(Platform platform, Faults faults) {
    this.platform = platform;
    this.faults = faults;
  }

  /** Whether an agent with this authtoken belongs to this account, even if it is refused. */
  boolean knows(String authtoken) {
    return platform.isAgentToken(authtoken);
  }

  @Override
  public OpenedSession open(AgentLink link, Auth request) throws Refused {
    AgentSessions.Known known =
        asked(
            link,
            RequestType.AUTH,
            () -> platform.agents().connect(link, request.clientId(), request.extra()));
    return new OpenedSession(known.clientId(), known.session().id(), known.cookie());
  }

  @Override
  public BoundEndpoint bind(AgentLink link, Bind request) throws Refused {
    return asked(link, RequestType.BIND, () -> platform.agents().by(link).bind(request));
  }

  @Override
  public void unbind(AgentLink link, String bindId) throws Refused {
    asked(
        link,
        RequestType.UNBIND,
        () -> {
          platform.agents().by(link).unbind(bindId);
          return bindId;
        });
  }

  @Override
  public void patch(AgentLink link, PatchTunnel request) throws Refused {
    asked(
        link,
        RequestType.PATCH_TUNNEL,
        () -> {
          platform.agents().by(link).patch(request);
          return request;
        });
  }

  @Override
  public boolean heartbeat(AgentLink link) {
    try {
      return asked(link, RequestType.HEARTBEAT, () -> true);
    } catch (Refused e) {
      return false;
    }
  }

  @Override
  public void ended(AgentLink link, boolean crashed) {
    synchronized (platform) {
      platform.advance();
      platform.agents().ended(link, crashed);
    }
  }

  private <T> T asked(AgentLink link, RequestType type, Supplier<T> work) throws Refused {
    try {
      Optional<T> result =
          faults.strike(
              "POST",
              PATH + type.word(),
              () -> decided(work),
              fault -> {
                throw refusal(fault);
              });
      if (result.isPresent()) {
        return result.get();
      }
      link.cut();
      throw new Refused("the connection was cut", "");
    } catch (ApiException e) {
      throw new Refused(e.getMessage(), e.errorCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("the simulator ends", "");
    }
  }

  private <T> T decided(Supplier<T> work) {
    synchronized (platform) {
      platform.advance();
      return work.get();
    }
  }

  private static ApiException refusal(Fault fault) {
    return new ApiException(fault.status(), fault.errorCode(), fault.msg());
  }
}
