/** Everything for the kind ClinicService: observation, decision, steps and report. */
package dev.clinicnet.operator.service;
