package dev.clinicnet.operator.fleetpage;

import java.util.List;

/** The headers of a request that say who asks. */
interface Credentials {
  /** All values of a header; empty if it is not there. */
  List<String> header(String name);

  /** The address of the client, for the limit of failures. */
  String address();
}
