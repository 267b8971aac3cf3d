package dev.clinicnet.operator.certificate;

import java.time.Instant;

/** Receives the expiry of the certificates of services. */
public interface ExpiryObserver {
  /** An observer that does nothing. */
  ExpiryObserver NONE =
      new ExpiryObserver() {
        @Override
        public void expires(String namespace, String service, Instant expiry) {}

        @Override
        public void forget(String namespace, String service) {}
      };

  /** The first certificate that a service refers to expires at this time. */
  void expires(String namespace, String service, Instant expiry);

  /** A service refers to no certificate, or is gone. */
  void forget(String namespace, String service);
}
