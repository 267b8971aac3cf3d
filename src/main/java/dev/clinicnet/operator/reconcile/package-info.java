/** The one loop that makes the account match a manifest: observe, decide, act, report. */
package dev.clinicnet.operator.reconcile;
