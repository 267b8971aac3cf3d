package dev.clinicnet.operator.certificate;

import java.time.Instant;

/** Is told when the certificates of services expire. */
public interface ExpiryObserver {
  /** Ignores everything. */
  ExpiryObserver NONE =
      new ExpiryObserver() {
        @Override
        public void expires(String namespace, String service, Instant expiry) {}

        @Override
        public void forget(String namespace, String service) {}
      };

  /** The first certificate that a service refers to expires then. */
  void expires(String namespace, String service, Instant expiry);

  /** A service refers to none, or is gone. */
  void forget(String namespace, String service);
}
