package dev.clinicnet.bench;

/**
 * How many objects a scenario is about.
 *
 * @param clinics the Clinics
 * @param services the ClinicServices of all of them
 */
record FleetSize(int clinics, int services) {
  /** The size of the usual fleet. */
  static FleetSize of(BenchOptions options) {
    return new FleetSize(options.clinics(), options.clinics() * Site.SERVICES);
  }
}
