/** What is written down for those who ask later: who did what, when, and why. */
package dev.clinicnet.operator.audit;
