/**
 * Everything for the kind ClinicSession. A session holds time, reason and status, and changes
 * nothing at ngrok: its service opens and closes for it.
 */
package dev.clinicnet.operator.session;
