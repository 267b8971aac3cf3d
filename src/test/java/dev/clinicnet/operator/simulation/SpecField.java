package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A field of a manifest that people set, and later leave out again. */
enum SpecField {
  REVOKE_OLD("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      authtoken(spec).put("revokeOld", "AfterOverlap");
    }
  },
  OVERLAP("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      authtoken(spec).put("overlap", "7m");
    }
  },
  ROTATION_INTERVAL("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      authtoken(spec).put("rotationInterval", "2160h");
    }
  },
  CONNECT_URL("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).put("connectURL", "connect.acme.com:443");
    }
  },
  REDUNDANT("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).put("redundant", true);
    }
  },
  AGENT_API("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec)
          .putObject("api")
          .put("host", "other-agent-" + clinic + ".api.clinicnet.com")
          .putArray("allowCIDRs")
          .add("198.51.100.0/24");
    }
  },
  PROXY_URL("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).put("proxyURL", "http://proxy.clinic.lan:3128");
    }
  },
  CONNECT_CAS("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).put("connectCAs", "host");
    }
  },
  DNS_RESOLVERS("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).putArray("dnsResolverIPs").add("192.168.1.53");
    }
  },
  HEARTBEAT("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      agent(spec).put("heartbeatInterval", "20s");
    }
  },
  DRIFT_POLICY("Clinic") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.put("driftPolicy", "Report");
    }
  },
  HTTPS_HOST("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      object(object(spec, "expose"), "https").put("host", "other-" + clinic + ".api.clinicnet.com");
    }
  },
  UPSTREAM_PROTOCOL("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      object(spec, "upstream").put("protocol", "http2");
    }
  },
  INTERNAL_URL("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.put("internalURL", "https://other." + clinic + ".internal");
    }
  },
  DENY_CIDRS("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      object(spec, "access").putArray("denyCIDRs").add("198.51.100.0/24");
    }
  },
  RATE_LIMIT("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      object(spec, "access").putObject("rateLimit").put("requests", 5).put("window", "1m");
    }
  },
  JWT("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      ObjectNode jwt = object(spec, "access").putObject("jwt");
      jwt.putArray("allowedIssuers").add("https://login.example.com");
      jwt.putArray("allowedAudiences").add("clinics");
      jwt.putArray("jwksURLs").add("https://login.example.com/keys");
    }
  },
  TRAFFIC_POLICY("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.putObject("trafficPolicy")
          .putArray("on_http_request")
          .addObject()
          .put("name", "mark")
          .putArray("actions")
          .addObject()
          .put("type", "add-headers")
          .putObject("config")
          .putObject("headers")
          .put("x-site", "1");
    }
  },
  ON_DEMAND("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.put("availability", "OnDemand");
      spec.putObject("onDemand")
          .put("via", "CloudEndpoint")
          .put("maxDuration", "8h")
          .put("reasonRequired", true);
    }
  },
  INTERNAL_LOCK("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.put("internalLock", "Enabled");
    }
  },
  TLS("rest-api") {
    @Override
    void set(ObjectNode spec, String clinic) {
      spec.remove("internalLock"); // It would need the authorities of the clients.
      ObjectNode expose = object(spec, "expose");
      expose.remove("https");
      expose.putObject("tls").put("host", clinic + ".api.clinicnet.com");
      spec.put("internalURL", "tls://x." + clinic + ".internal");
      object(spec, "upstream").put("url", "tls://192.168.1.100:8443");
    }
  },
  REGION("patient-db") {
    @Override
    void set(ObjectNode spec, String clinic) {
      object(object(spec, "expose"), "tcp").put("region", "eu");
    }
  };

  /** All fields. An act names one by its place. */
  static final List<SpecField> ALL = List.of(values());

  private final String of;

  SpecField(String of) {
    this.of = of;
  }

  /** Sets the field in a specification that does not have it, or has it with another value. */
  abstract void set(ObjectNode spec, String clinic);

  /** Whether it belongs to this manifest: {@code Clinic}, or the name of a service. */
  boolean isOf(String manifest) {
    return of.equals(manifest);
  }

  private static ObjectNode agent(ObjectNode spec) {
    return object(spec, "agent");
  }

  private static ObjectNode authtoken(ObjectNode spec) {
    return object(agent(spec), "authtoken");
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.withObjectProperty(name);
  }
}
