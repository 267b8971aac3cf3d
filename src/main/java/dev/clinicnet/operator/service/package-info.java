/** Everything for the kind ClinicService: what is observed, decided, done and reported. */
package dev.clinicnet.operator.service;
